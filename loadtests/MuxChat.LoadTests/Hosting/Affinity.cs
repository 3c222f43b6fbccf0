using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MuxChat.LoadTests.Hosting;

/// <summary>
/// Binds the calling thread, and what it starts, to processors: sched_setaffinity(2). Elsewhere than on Linux it does nothing.
/// </summary>
/// <remarks>It takes two of the processors that this program may use (taskset, cpusets), of different cores where there are any.</remarks>
internal static partial class Affinity
{
    private const int BitsPerWord = 64;
    private const int Words = 16;

    /// <summary>The processors that this program may use; empty where it cannot be told.</summary>
    public static IReadOnlyList<int> Allowed { get; } = ReadAllowed();

    /// <summary>The processor of the server; -1 if it cannot have one of its own.</summary>
    public static int Server { get; } = Allowed.Count >= 2 ? Allowed[0] : -1;

    /// <summary>The processor of the load; -1 if it cannot have one of its own.</summary>
    public static int Load { get; } = Allowed.Count < 2 ? -1 : OfAnotherCore(Server);

    /// <summary>Whether server and load have a processor each. It becomes false when the system refuses to bind them.</summary>
    public static bool IsBound { get; private set; } = Server >= 0;

    /// <summary>Starts a server on the processor of the server, and goes on on the load's, where there are two.</summary>
    /// <param name="start">What to start; it inherits the processor.</param>
    /// <param name="isOnAll">Whether the server may use all processors. The load is then bound to none either.</param>
    /// <exception cref="LoadException">It could not be started.</exception>
    public static Process StartServer(ProcessStartInfo start, bool isOnAll = false)
    {
        if (Server >= 0)
        {
            IsBound = TryBind(isOnAll ? Allowed : [Server]);
        }

        try
        {
            return Process.Start(start) ?? throw new LoadException("the server could not be started");
        }
        finally
        {
            if (Server >= 0)
            {
                IsBound &= TryBind(isOnAll ? Allowed : [Load]);
            }
        }
    }

    /// <summary>Who runs where, in words.</summary>
    public static string Describe() =>
        !OperatingSystem.IsLinux() ? "not bound to processors: only done on Linux"
        : Server < 0 ? "not bound to processors: only one may be used"
        : IsBound ? $"server on processor {Server}, load on processor {Load}"
        : "not bound to processors: the system refused it";

    /// <summary>Whether a list of processors, such as <c>0-1,4</c>, has both the server's and the load's.</summary>
    public static bool IsBothOf(string list) => Parse(list) is var processors && processors.Contains(Server) && processors.Contains(Load);

    private static int OfAnotherCore(int processor)
    {
        var file = $"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list";
        var siblings = File.Exists(file) ? Parse(File.ReadAllText(file)) : [processor];
        return Allowed.Except(siblings).FirstOrDefault(Allowed[1]);
    }

    private static unsafe int[] ReadAllowed()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        if (GetAffinity(0, Words * sizeof(ulong), mask) < 0)
        {
            return [];
        }

        var allowed = new List<int>();
        for (var processor = 0; processor < Words * BitsPerWord; processor++)
        {
            if ((mask[processor / BitsPerWord] & (1UL << (processor % BitsPerWord))) != 0)
            {
                allowed.Add(processor);
            }
        }

        return [.. allowed];
    }

    private static unsafe bool TryBind(IReadOnlyList<int> processors)
    {
        var mask = stackalloc ulong[Words];
        new Span<ulong>(mask, Words).Clear();
        foreach (var processor in processors)
        {
            mask[processor / BitsPerWord] |= 1UL << (processor % BitsPerWord);
        }

        return SetAffinity(0, Words * sizeof(ulong), mask) == 0;
    }

    private static int[] Parse(string list) =>
    [
        .. list.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Split('-'))
            .SelectMany(static ends => Enumerable.Range(int.Parse(ends[0], System.Globalization.CultureInfo.InvariantCulture),
                int.Parse(ends[^1], System.Globalization.CultureInfo.InvariantCulture)
                    - int.Parse(ends[0], System.Globalization.CultureInfo.InvariantCulture) + 1)),
    ];

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static unsafe partial int SetAffinity(int thread, nint bytes, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static unsafe partial int GetAffinity(int thread, nint bytes, ulong* mask);
}
