using System.Net.Sockets;
using MuxChat.Core.Reactor;

namespace MuxChat.Sockets;

/// <summary>A non-blocking stream socket as a channel. Neither call allocates or throws.</summary>
internal sealed class SocketChannel(Socket socket) : IChannel
{
    public Socket Socket { get; } = socket;

    public string RemoteName => SocketNames.Remote(Socket);

    public ChannelStatus Receive(Span<byte> buffer, out int received)
    {
        received = Socket.Receive(buffer, SocketFlags.None, out var error);
        return error == SocketError.Success && received == 0 ? ChannelStatus.EndOfInput : StatusOf(error);
    }

    public ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent)
    {
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
