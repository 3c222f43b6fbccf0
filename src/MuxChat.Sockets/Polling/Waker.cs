using System.Net;
using System.Net.Sockets;

namespace MuxChat.Sockets.Polling;

/// <summary>
/// Ends a wait from another thread: a UDP socket on the loopback, connected to itself, that becomes readable. It works under select and
/// epoll alike, and on every system; connected, it takes no datagram of anybody else's.
/// </summary>
/// <remarks>
/// Invariant: at most one datagram is under way, however often <see cref="Wake"/> is called before the waiting thread has drained it.
/// </remarks>
public sealed class Waker : IDisposable
{
    private readonly byte[] _datagram = new byte[1];
    private int _signalled;
    private int _disposed;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="SocketException">The loopback has no UDP, or there are no descriptors.</exception>
    public Waker()
    {
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Socket.Connect(Socket.LocalEndPoint!);
    }

    /// <summary>The socket to be watched for reading.</summary>
    public Socket Socket { get; }

    /// <summary>Wakes the waiting thread. From any thread; does nothing after disposal.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _disposed) == 0 && Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            try
            {
                Socket.Send(_datagram, SocketFlags.None, out var error);
                if (error != SocketError.Success)
                {
                    // Not sent, so it must not count as under way: the next wake tries again.
                    Volatile.Write(ref _signalled, 0);
                }
            }
            catch (ObjectDisposedException) when (Volatile.Read(ref _disposed) != 0)
            {
                // The loop ended between the two looks: there is nobody left to wake.
                return;
            }
        }
    }

    /// <summary>Takes the signal back. On the waiting thread, when the socket is readable.</summary>
    public void Clear()
    {
        // First the flag: a wake from here on sends another datagram, and is not lost.
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
