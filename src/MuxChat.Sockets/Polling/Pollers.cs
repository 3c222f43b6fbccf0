namespace MuxChat.Sockets.Polling;

/// <summary>Creates the poller of an I/O model.</summary>
public static class Pollers
{
    /// <summary>The number of sockets above which <c>auto</c> uses epoll.</summary>
    public static int EpollAbove => AutoPoller.DefaultEpollAbove;

    /// <summary>Whether this system has epoll.</summary>
    public static bool HasEpoll => EpollPoller.IsSupported;

    /// <summary>Creates a poller: <c>select</c>, <c>epoll</c> or <c>auto</c>.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no epoll.</exception>
    public static IPoller Create(string name) => name switch
    {
        "select" => new SelectPoller(),
        "epoll" when HasEpoll => new EpollPoller(),
        "epoll" => throw new PlatformNotSupportedException("This system has no epoll."),
        "auto" => new AutoPoller(),
        _ => throw new ArgumentException($"There is no poller called {name}.", nameof(name)),
    };
}
