using System.Net;
using System.Net.Sockets;
using System.Text;
using MuxChat.Testing.Processes;

namespace MuxChat.Testing.Clients;

/// <summary>A UDP client, which hears from the server alone. Blocking, with guard time limits.</summary>
public sealed class DatagramClient : IDisposable
{
    /// <summary>The largest content of a datagram over IPv4 (RFC 768).</summary>
    public const int MaxBytes = 65_507;

    private const int ReceiveBytes = 65_536;

    private readonly Socket _socket;

    public DatagramClient(IPEndPoint server)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = Guard.Ms,
            SendTimeout = Guard.Ms,
        };
        _socket.Connect(server);
    }

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void Send(ReadOnlySpan<byte> datagram) => Assert.Equal(datagram.Length, _socket.Send(datagram));

    /// <summary>The next datagram.</summary>
    public byte[] Receive()
    {
        var buffer = new byte[ReceiveBytes];
        var count = _socket.Receive(buffer, SocketFlags.None, out var error);
        Assert.True(error == SocketError.Success, $"waited {Guard.Ms} ms for a datagram: {error}");
        return buffer[..count];
    }

    public string ReceiveText() => Encoding.UTF8.GetString(Receive());

    /// <summary>The next datagram if it comes within so many milliseconds; null if not, or if the server's port is closed.</summary>
    public byte[]? TryReceive(int withinMs) =>
        _socket.Poll(TimeSpan.FromMilliseconds(withinMs), SelectMode.SelectRead) ? Receive() : null;

    public void Dispose() => _socket.Dispose();
}
