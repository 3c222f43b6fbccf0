using System.Net;
using System.Net.Sockets;

namespace MuxChat.Sockets.Polling;

/// <summary>Ends a wait from another thread, through a loopback UDP socket that is connected to itself and becomes readable.</summary>
/// <remarks>
/// The socket works with select and epoll, and on every system. Because it is connected, it accepts no datagram
/// from another socket. Invariant: at most one datagram is on its way, however often <see cref="Wake"/> is
/// called before the waiting thread calls <see cref="Clear"/>.
/// </remarks>
public sealed class Waker : IDisposable
{
    private readonly byte[] _datagram = new byte[1];
    private int _signalled;
    private int _disposed;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="SocketException">The loopback has no UDP, or no descriptors are left.</exception>
    public Waker()
    {
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Socket.Connect(Socket.LocalEndPoint!);
    }

    /// <summary>The socket that a poller watches for reading.</summary>
    public Socket Socket { get; }

    /// <summary>Wakes the waiting thread. Callable from any thread; does nothing after disposal.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _disposed) == 0 && Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            try
            {
                Socket.Send(_datagram, SocketFlags.None, out var error);
                if (error != SocketError.Success)
                {
                    // Nothing was sent, so clear the flag for the next wake to try again.
                    Volatile.Write(ref _signalled, 0);
                }
            }
            catch (ObjectDisposedException) when (Volatile.Read(ref _disposed) != 0)
            {
                // The waker was disposed after the check above, so no thread is waiting.
                return;
            }
        }
    }

    /// <summary>Clears the signal. Call it on the waiting thread when the socket is readable.</summary>
    public void Clear()
    {
        // Clear the flag first: a later wake then sends another datagram, and is not lost.
        Interlocked.Exchange(ref _signalled, 0);
        Span<byte> buffer = stackalloc byte[1];
        Socket.Receive(buffer, SocketFlags.None, out _);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref _disposed, 1);
        Socket.Dispose();
    }
}
