using System.Net;
using System.Net.Sockets;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>
/// Two connected sockets: one to be watched, which does not block, and its peer, which does. The watched one is opened first, so that it gets the lowest
/// free descriptor.
/// </summary>
internal sealed class TcpPair : IDisposable
{
    private const int FillStepBytes = 16 * 1024;
    private const int MostSpuriousReports = 100;
    private const int QuietMs = 100;

    private TcpPair(Socket watched, Socket peer)
    {
        Watched = watched;
        Peer = peer;
    }

    public Socket Watched { get; }

    public Socket Peer { get; }

    public static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    public static TcpPair Open(Socket listener)
    {
        var watched = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        watched.Connect(listener.LocalEndPoint!);
        watched.Blocking = false;
        var peer = listener.Accept();
        peer.NoDelay = true;
        peer.SendTimeout = Guard.Ms;
        peer.ReceiveTimeout = Guard.Ms;
        return new TcpPair(watched, peer);
    }

    /// <summary>The peer says one byte.</summary>
    public void PeerSends(byte value = 1) => Assert.Equal(1, Peer.Send([value]));

    /// <summary>The peer goes without a goodbye.</summary>
    public void PeerResets() => CloseByReset(Peer);

    /// <summary>Reads all that is there and returns how much it was.</summary>
    public int ReadAll()
    {
        var total = 0;
        Span<byte> buffer = stackalloc byte[1024];
        while (true)
        {
            var received = Watched.Receive(buffer, SocketFlags.None, out var error);
            if (error != SocketError.Success || received == 0)
            {
                return total;
            }

            total += received;
        }
    }

    /// <summary>
    /// Writes until the kernel takes no more, and has not asked for more in <see cref="QuietMs"/>: returns the number of bytes. No event tells that none will
    /// come: a segment for which the peer has no room is sent again and again.
    /// </summary>
    public int Fill(PollerProbe probe, MuxChat.Core.Reactor.Token token)
    {
        Watched.SendBufferSize = FillStepBytes;
        Peer.ReceiveBufferSize = FillStepBytes;
        var bytes = new byte[FillStepBytes];
        var total = 0;
        var spurious = 0;
        do
        {
            var before = total;
            var error = SocketError.Success;
            while (error == SocketError.Success)
            {
                total += Watched.Send(bytes, SocketFlags.None, out error);
            }

            Assert.Equal(SocketError.WouldBlock, error);
            spurious = total == before ? spurious + 1 : 0;
            Assert.True(spurious < MostSpuriousReports, "A socket that takes nothing is reported writable again and again.");
        }
        while (probe.SeesWithin(QuietMs, token, MuxChat.Core.Reactor.ReadinessFlags.Writable));
        return total;
    }

    /// <summary>The peer reads that many bytes.</summary>
    public void PeerReads(int count)
    {
        var buffer = new byte[FillStepBytes];
        while (count > 0)
        {
            var received = Peer.Receive(buffer, Math.Min(count, buffer.Length), SocketFlags.None);
            Assert.NotEqual(0, received);
            count -= received;
        }
    }

    /// <summary>Closed by reset, so that thousands of pairs leave no ports waiting.</summary>
    public void Dispose()
    {
        CloseByReset(Watched);
        Peer.Dispose();
    }

    public static void CloseByReset(Socket socket)
    {
        if (!socket.SafeHandle.IsClosed)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
    }
}
