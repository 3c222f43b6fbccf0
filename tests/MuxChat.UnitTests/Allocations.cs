using System.Runtime;

namespace MuxChat.UnitTests;

/// <summary>
/// Counts what a thread allocates. No garbage is collected meanwhile: a collection counts what is left of the thread's piece of the heap as
/// used, and it may empty the shared array pool, so that what is rented after it is new.
/// </summary>
internal static class Allocations
{
    // What the warm-up allocates, many times over.
    private const long RoomBytes = 128 * 1024 * 1024;

    /// <summary>The bytes that this thread allocates in <paramref name="measured"/>, after <paramref name="warmUp"/>.</summary>
    public static long Of(Action warmUp, Action measured)
    {
        Assert.True(GC.TryStartNoGCRegion(RoomBytes), $"The runtime has no {RoomBytes} bytes to set aside, so nothing can be measured.");
        long allocated;
        try
        {
            warmUp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            measured();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        finally
        {
            if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
            {
                Assert.Fail($"More than {RoomBytes} bytes were allocated beside this test, or by its warm-up: "
                + "garbage was collected, and nothing can be said. Does it run alone?");
            }

            GC.EndNoGCRegion();
        }

        return allocated;
    }
}
