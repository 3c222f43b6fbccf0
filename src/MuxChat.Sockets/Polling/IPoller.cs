using System.Net.Sockets;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Polling;

/// <summary>
/// Reports ready sockets, through select, epoll, or either. Only one thread may call its members, except <see cref="Wake"/>.
/// </summary>
/// <remarks>
/// The rules for every backend:
/// <list type="bullet">
/// <item>Readiness is level-triggered, and only a hint: the next call may still block.</item>
/// <item>Errors and hang-ups are reported for every interest, as an error or as the readiness that the socket is watched for.</item>
/// <item>A removed token is never reported, even when another socket gets the descriptor's number.</item>
/// <item>Rounding never shortens a timeout.</item>
/// <item>A socket is removed before it is closed.</item>
/// </list>
/// </remarks>
public interface IPoller : IDisposable
{
    /// <summary>The backend in use now: <c>select</c> or <c>epoll</c>.</summary>
    string Name { get; }

    /// <summary>The number of registered sockets.</summary>
    int Count { get; }

    /// <summary>Registers a socket under a token.</summary>
    /// <exception cref="ArgumentException">The socket is registered already.</exception>
    void Add(Socket socket, Token token, Interest interest);

    /// <summary>Changes the token and interest of a registered socket.</summary>
    /// <exception cref="ArgumentException">The socket is not registered.</exception>
    void SetInterest(Socket socket, Token token, Interest interest);

    /// <summary>Unregisters a socket. Call it before closing the socket. Returns false when the socket is not registered.</summary>
    bool Remove(Socket socket);

    /// <summary>
    /// Waits until a socket is ready, <see cref="Wake"/> is called or the timeout passes. May return early with nothing ready.
    /// </summary>
    /// <param name="timeoutMs">The longest wait, in milliseconds; 0 returns at once, -1 waits without limit.</param>
    /// <param name="ready">Receives the ready registrations.</param>
    /// <returns>The number of entries written to <paramref name="ready"/>.</returns>
    int Wait(int timeoutMs, Span<Readiness> ready);

    /// <summary>Makes the current or next <see cref="Wait"/> return at once. Callable from any thread, and after disposal.</summary>
    void Wake();

    /// <summary>Copies all registrations, in no particular order, so that another poller can take over.</summary>
    void CopyTo(ICollection<Registration> registrations);
}
