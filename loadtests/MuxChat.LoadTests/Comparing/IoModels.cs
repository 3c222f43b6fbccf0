namespace MuxChat.LoadTests.Comparing;

/// <summary>The I/O models of the server, by their words in <c>--io</c>.</summary>
internal static class IoModels
{
    /// <summary>Those with one loop.</summary>
    public static IReadOnlyList<string> Loops { get; } = ["auto", "select", "epoll"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Loops, "threads", "async"];

    /// <summary>How many of so many processors it can use: one loop uses one, however many there are.</summary>
    public static int Usable(string io, int processors) => Loops.Contains(io) ? 1 : processors;

    /// <summary>Whether it is a model that can use several processors.</summary>
    public static bool IsThreaded(string io) => All.Contains(io) && !Loops.Contains(io);
}
