using System.Net;
using System.Net.Sockets;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>
/// Two connected sockets: one to be watched, which does not block, and its peer, which does. The watched one is opened first, so that it
/// gets the lowest free descriptor.
/// </summary>
internal sealed class ConnectedPair : IDisposable
{
    private const int FillStepBytes = 16 * 1024;

    private ConnectedPair(Socket watched, Socket peer)
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

    public static ConnectedPair OpenTcp(Socket listener)
    {
        var watched = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        watched.Connect(listener.LocalEndPoint!);
        watched.Blocking = false;
        var peer = listener.Accept();
        peer.NoDelay = true;
        peer.SendTimeout = Guard.Ms;
        peer.ReceiveTimeout = Guard.Ms;
        return new ConnectedPair(watched, peer);
    }

    /// <summary>Two Unix sockets with a small buffer, for <see cref="Fill"/>.</summary>
    public static ConnectedPair OpenUnix()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var watched = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendBufferSize = FillStepBytes };
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        watched.Connect(listener.LocalEndPoint!);
        watched.Blocking = false;
        var peer = listener.Accept();
        File.Delete(path);
        peer.ReceiveTimeout = Guard.Ms;
        return new ConnectedPair(watched, peer);
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
    /// Writes until the kernel takes no more, and returns the number of bytes. Only with <see cref="OpenUnix"/>: what is
    /// sent there stays in the sender's buffer until the peer reads it. From a TCP buffer the peer's kernel takes what it
    /// has room for, at a time of its own.
    /// </summary>
    public int Fill()
    {
        var bytes = new byte[FillStepBytes];
        var total = 0;
        var error = SocketError.Success;
        while (error == SocketError.Success)
        {
            total += Watched.Send(bytes, SocketFlags.None, out error);
        }

        Assert.Equal(SocketError.WouldBlock, error);
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
