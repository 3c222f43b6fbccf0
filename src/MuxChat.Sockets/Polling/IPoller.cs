using System.Net.Sockets;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Polling;

/// <summary>
/// Says which sockets are ready: select, epoll, or one after the other. All members but <see cref="Wake"/> are for one thread.
/// </summary>
/// <remarks>
/// Contract, the same for every backend: level-triggered; readiness is a hint; errors and hang-ups are reported whatever the interest, as
/// errors or as what the socket is watched for (the next call finds them); nothing is reported for a token after its removal, even when the
/// descriptor's number is used again; a timeout is never cut short by rounding; a socket is removed before it is closed.
/// </remarks>
public interface IPoller : IDisposable
{
    /// <summary>The backend in use at this moment: <c>select</c> or <c>epoll</c>.</summary>
    string Name { get; }

    /// <summary>Sockets registered.</summary>
    int Count { get; }

    /// <summary>Registers a socket under a token.</summary>
    /// <exception cref="ArgumentException">The socket is registered already.</exception>
    void Add(Socket socket, Token token, Interest interest);

    /// <summary>Changes what a registered socket is watched for.</summary>
    /// <exception cref="ArgumentException">The socket is not registered.</exception>
    void SetInterest(Socket socket, Token token, Interest interest);

    /// <summary>Unregisters a socket; call it before the socket is closed. Returns false when it was not registered.</summary>
    bool Remove(Socket socket);

    /// <summary>Waits until something is ready, <see cref="Wake"/> is called or the time is over; may return early with nothing.</summary>
    /// <param name="timeoutMs">Milliseconds; 0 not to wait, -1 for ever.</param>
    /// <param name="ready">Receives what is ready.</param>
    /// <returns>How many.</returns>
    int Wait(int timeoutMs, Span<Readiness> ready);

    /// <summary>Makes the current or the next <see cref="Wait"/> return at once. From any thread, and after disposal too.</summary>
    void Wake();

    /// <summary>Copies all registrations, in no order, for a hand-over to another poller.</summary>
    void CopyTo(ICollection<Registration> registrations);
}
