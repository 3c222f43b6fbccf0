using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat;
using MuxChat.Storage;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>No bytes of the heap for an event. It runs beside no other test: those collect garbage all the time.</summary>
[Collection(Alone.Name)]
public sealed class AllocationTests
{
    [Fact]
    public void Loop_allocates_nothing_once_its_buffers_have_grown()
    {
        using var directory = new TestDirectory();
        var rig = Rig.Open(directory.Disk, new() { Durability = Durability.Os });
        var room = "#a"u8.ToArray();
        for (var i = 0; i < 200; i++)
        {
            Turn(rig, room, i);
        }

        // A collection counts what is left of the thread's piece of the heap as used, so a window in which one happens says nothing.
        int collections;
        long allocated;
        var windows = 0;
        do
        {
            collections = GC.CollectionCount(0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 2000; i++)
            {
                Turn(rig, room, i);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        while (++windows < 50 && GC.CollectionCount(0) != collections);
        Assert.Equal(0, allocated);
        rig.Session.Close();
    }

    // Both sides are measured: the writer allocates nothing either, as long as it does not rotate.
    private static void Turn(Rig rig, byte[] room, int turn)
    {
        for (var i = 0; i < 5; i++)
        {
            rig.Journal.Append(new() { Kind = EventKind.Said, Room = room, Epoch = 1, Seq = turn + 1, Nick = room, Text = room });
        }

        rig.Journal.Submit();
        rig.Session.Writer.Step();
        Assert.True(rig.Journal.TryTakeOutcome(out var outcome));
        if (outcome.Status != JournalStatus.Stored)
        {
            Assert.Fail("not stored");
        }
    }
}
