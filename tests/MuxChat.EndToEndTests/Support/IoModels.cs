namespace MuxChat.EndToEndTests.Support;

/// <summary>The one list of I/O models that every behaviour test runs on.</summary>
public static class IoModels
{
    /// <summary>The one that a server has that is not told.</summary>
    public const string Default = "auto";

    public static IReadOnlyList<string> All { get; } = OperatingSystem.IsLinux()
        ? ["auto", "select", "epoll", "threads", "async"]
        : ["auto", "select", "threads", "async"];
}
