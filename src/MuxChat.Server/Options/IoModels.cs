namespace MuxChat.Server.Options;

/// <summary>The names of the I/O models.</summary>
internal static class IoModels
{
    public const string Threads = "threads";
    public const string Async = "async";

    public static IReadOnlyList<string> Names { get; } = ["auto", "select", "epoll", Threads, Async];
}
