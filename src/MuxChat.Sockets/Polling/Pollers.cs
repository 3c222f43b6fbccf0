namespace MuxChat.Sockets.Polling;

/// <summary>Makes the poller of an I/O model.</summary>
public static class Pollers
{
    /// <summary>How many sockets select serves under <c>auto</c> before epoll takes over.</summary>
    public static int EpollAbove => AutoPoller.DefaultEpollAbove;

    /// <summary>Whether this system has epoll.</summary>
    public static bool HasEpoll => EpollPoller.IsSupported;

    /// <summary>Makes a poller: <c>select</c>, <c>epoll</c> or <c>auto</c>.</summary>
    /// <exception cref="ArgumentException">There is no such poller.</exception>
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
