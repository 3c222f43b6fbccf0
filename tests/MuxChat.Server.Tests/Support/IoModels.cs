namespace MuxChat.Server.Tests.Support;

/// <summary>The one list of I/O models that every behaviour test runs on.</summary>
public static class IoModels
{
    public static IReadOnlyList<string> All { get; } = OperatingSystem.IsLinux()
        ? ["auto", "select", "epoll", "threads", "async"]
        : ["auto", "select", "threads", "async"];
}
