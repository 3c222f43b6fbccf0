using System.Net.Sockets;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Polling;

/// <summary>
/// Select while sockets are few, epoll once they are many: every registration is handed over between two waits, and nothing is lost because
/// both are level-triggered. On systems without epoll it stays with select.
/// </summary>
internal sealed class AutoPoller : IPoller
{
    /// <summary>
    /// More sockets than this are handed to epoll: 26. Where the number comes from: docs/PERFORMANCE.md, "Select and epoll".
    /// </summary>
    public const int DefaultEpollAbove = 26;

    /// <summary>Fewer sockets than this are handed back: half as many, so that a client who comes and goes moves nothing.</summary>
    public const int DefaultSelectBelow = DefaultEpollAbove / 2;

    private readonly Waker _waker = new();
    private readonly int _epollAbove;
    private readonly int _selectBelow;
    private readonly SelectPoller _select;

    // Opened at once: when it is needed there may be no descriptor left for it.
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
