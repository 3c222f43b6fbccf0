using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Listening;

namespace MuxChat.Sockets.Channels;

/// <summary>A UDP socket that never blocks. Receiving and answering allocate nothing.</summary>
internal sealed class DatagramSocket(Socket socket) : IDatagramChannel
{
    private const int PortOffset = 2;

    // The kernel writes the sender's address here, and reads it again for the answer.
    private readonly SocketAddress _sender = new(socket.AddressFamily);

    public PeerAddress Address => PeerAddresses.Of(_sender);

    // Big-endian at the same place in struct sockaddr_in and sockaddr_in6.
    public int SenderPort => BinaryPrimitives.ReadUInt16BigEndian(_sender.Buffer.Span[PortOffset..]);

    public string RemoteName => $"{EndPointOf(_sender)}";

    public DatagramStatus Receive(Span<byte> buffer, out int received)
    {
        received = 0;
        try
        {
            // A call without data throws, which costs as much as many calls.
            if (!socket.Poll(0, SelectMode.SelectRead) && !socket.Poll(0, SelectMode.SelectError))
            {
                return DatagramStatus.WouldBlock;
            }

            received = socket.ReceiveFrom(buffer, SocketFlags.None, _sender);
            return DatagramStatus.Ok;
        }
        catch (SocketException error)
        {
            return StatusOf(error.SocketErrorCode);
        }
    }

    public DatagramStatus Answer(ReadOnlySpan<byte> datagram)
    {
        try
        {
            socket.SendTo(datagram, SocketFlags.None, _sender);
            return DatagramStatus.Ok;
        }
        catch (SocketException error)
        {
            return StatusOf(error.SocketErrorCode);
        }
    }

    private EndPoint EndPointOf(SocketAddress address) =>
        new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0).Create(address);

    private static DatagramStatus StatusOf(SocketError error) =>
        error is SocketError.WouldBlock or SocketError.IOPending ? DatagramStatus.WouldBlock : DatagramStatus.Failed;
}
