using System.Net.Sockets;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Conversations;
using MuxChat.Core.Protocols;
using MuxChat.Core.Reactor;

namespace MuxChat.Sockets.Locked;

/// <summary>Somebody who has connected and is not in yet. Used under the gate; owns the socket until it is let in.</summary>
internal sealed class Newcomer(LockedContext server, Socket socket) : IPeer
{
    public string RemoteName => SocketNames.Remote(socket);

    public PeerAddress Address { get; } = PeerAddresses.Of(socket);

    /// <summary>
    /// Asks the doorkeeper, and gets the socket ready. When it returns true the newcomer counts, and the doorkeeper must be told when it is gone; when it
    /// returns false it has been turned away and its socket is closed.
    /// </summary>
    public bool TryComeIn(IProtocol protocol, SegmentWriter notices)
    {
        var answer = server.Door.Ask(Address, server.Clients.Count, server.Conversations.Clock.NowMs);
        if (!answer.IsDone)
        {
            TurnAway(answer, protocol, notices);
            return false;
        }

        // Options only now, since many may be turned away; a client that was reset while it waited takes none.
        if (ClientSockets.TryPrepare(socket))
        {
            return true;
        }

        server.Door.Leave(Address);
        socket.Dispose();
        return false;
    }

    /// <summary>Tells it why it cannot come in, and closes the socket.</summary>
    public void TurnAway(in CommandResult why, IProtocol protocol, SegmentWriter notices)
    {
        // A new socket's send buffer is empty, so this short line fits.
        socket.Send(TurnAwayNotice.Encode(protocol, why, notices), SocketFlags.None, out _);
        SocketNames.TryShutdown(socket, SocketShutdown.Send);
        server.Observer.TurnedAway(this, why.Code, server.Clients.Count);
        socket.Dispose();
    }
}
