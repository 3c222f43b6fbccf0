using System.Net.Sockets;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Polling;

/// <summary>Uses select for few sockets and epoll for many.</summary>
/// <remarks>
/// Between two waits it moves every registration to the other poller. No readiness is lost, because both pollers are level-triggered. On
/// systems without epoll it stays with select.
/// </remarks>
internal sealed class AutoPoller : IPoller
{
    /// <summary>The number of sockets above which epoll takes over: 26. See docs/PERFORMANCE.md, "Select and epoll".</summary>
    public const int DefaultEpollAbove = 26;

    /// <summary>
    /// The number of sockets below which select takes over again: half of <see cref="DefaultEpollAbove"/>, so
    /// that one client that comes and goes causes no move.
    /// </summary>
    public const int DefaultSelectBelow = DefaultEpollAbove / 2;

    private readonly Waker _waker = new();
    private readonly int _epollAbove;
    private readonly int _selectBelow;
    private readonly SelectPoller _select;

    // Opened at the start, because no descriptor may be left when it is needed.
    private readonly EpollPoller? _epoll;
    private IPoller _current;

    public AutoPoller(int epollAbove = DefaultEpollAbove, int selectBelow = DefaultSelectBelow)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(selectBelow, epollAbove);
        _epollAbove = epollAbove;
        _selectBelow = selectBelow;
        _select = new SelectPoller(_waker, ownsWaker: false);
        _epoll = EpollPoller.IsSupported ? new EpollPoller(_waker, ownsWaker: false) : null;
        _current = _select;
    }

    public string Name => _current.Name;

    public int Count => _current.Count;

    public void Add(Socket socket, Token token, Interest interest) => _current.Add(socket, token, interest);

    public void SetInterest(Socket socket, Token token, Interest interest) => _current.SetInterest(socket, token, interest);

    public bool Remove(Socket socket) => _current.Remove(socket);

    public int Wait(int timeoutMs, Span<Readiness> ready)
    {
        if (_current != _epoll && _epoll is not null && _current.Count > _epollAbove)
        {
            HandOver(_epoll);
        }
        else if (_current == _epoll && _current.Count < _selectBelow)
        {
            HandOver(_select);
        }

        return _current.Wait(timeoutMs, ready);
    }

    public void Wake() => _waker.Wake();

    public void CopyTo(ICollection<Registration> registrations) => _current.CopyTo(registrations);

    public void Dispose()
    {
        _select.Dispose();
        _epoll?.Dispose();
        _waker.Dispose();
    }

    private void HandOver(IPoller next)
    {
        var registrations = new List<Registration>(_current.Count);
        _current.CopyTo(registrations);
        foreach (var registration in registrations)
        {
            next.Add(registration.Socket, registration.Token, registration.Interest);
            _current.Remove(registration.Socket);
        }

        _current = next;
    }
}
