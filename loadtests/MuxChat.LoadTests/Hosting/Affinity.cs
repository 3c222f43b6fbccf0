using System.Runtime.InteropServices;

namespace MuxChat.LoadTests.Hosting;

/// <summary>
/// Binds the calling thread, and what it starts, to one processor: sched_setaffinity(2). Elsewhere than on Linux it does nothing.
/// </summary>
internal static partial class Affinity
{
    private const int BitsPerWord = 64;
    private const int Words = 16;

    /// <summary>The processor of the server.</summary>
    public const int Server = 0;

    /// <summary>The processor of the load.</summary>
    public const int Load = 1;

    /// <summary>Whether server and load can have a processor each.</summary>
    public static bool CanSeparate { get; } = OperatingSystem.IsLinux() && Environment.ProcessorCount >= 2;

    /// <summary>Binds the calling thread. Returns whether that was done.</summary>
    public static unsafe bool TryBind(int processor)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        mask[processor / BitsPerWord] = 1UL << (processor % BitsPerWord);
        return SetAffinity(0, Words * sizeof(ulong), mask) == 0;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static unsafe partial int SetAffinity(int thread, nint bytes, ulong* mask);
}
