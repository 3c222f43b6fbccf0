using System.Net.Sockets;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Listening;

namespace MuxChat.Sockets.Channels;

/// <summary>A stream socket as a channel that never blocks. Receiving and sending neither allocate nor throw.</summary>
internal sealed class SocketChannel : IChannel
{
    // Valid while the socket is open. The network disposes the socket, and does not use the channel afterwards.
    private readonly int _descriptor;

    public SocketChannel(Socket socket, LocalUsers users, TrustedPeers trusted)
    {
        Socket = socket;
        User = users.Of(socket);
        Address = User is not null ? PeerAddress.OfUser(User.Id)
            : socket.AddressFamily == AddressFamily.Unix ? PeerAddresses.Of(socket) : trusted.PeerOf(Internet);
        if (SocketCalls.IsSupported)
        {
            _descriptor = (int)socket.Handle;
        }
        else
        {
            socket.Blocking = false;
        }
    }

    public Socket Socket { get; }

    public PeerAddress Address { get; }

    public InternetAddress Internet => PeerAddresses.InternetOf(Socket);

    public LocalUser? User { get; }

    public string RemoteName => User is null ? SocketNames.Remote(Socket) : $"unix:{User.Name}:{User.ProcessId}";

    public ChannelStatus Receive(Span<byte> buffer, out int received)
    {
        if (SocketCalls.IsSupported)
        {
            return SocketCalls.Receive(_descriptor, buffer, out received);
        }

        received = Socket.Receive(buffer, SocketFlags.None, out var error);
        return error == SocketError.Success && received == 0 ? ChannelStatus.EndOfInput : StatusOf(error);
    }

    public ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        if (SocketCalls.IsSupported)
        {
            return SocketCalls.Send(_descriptor, bytes, out sent);
        }

        sent = Socket.Send(bytes, SocketFlags.None, out var error);
        return StatusOf(error);
    }

    public void ShutdownSend() => SocketNames.TryShutdown(Socket, SocketShutdown.Send);

    private static ChannelStatus StatusOf(SocketError error) => error switch
    {
        SocketError.Success => ChannelStatus.Ok,
        SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted => ChannelStatus.WouldBlock,
        _ => ChannelStatus.Broken,
    };
}
