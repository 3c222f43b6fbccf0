using System.Net.Sockets;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Sockets.Channels;
using MuxChat.Sockets.Listening;

namespace MuxChat.Comparison.Locked;

/// <summary>Somebody who has connected and is not in yet. Used under the gate; owns the socket until it is let in.</summary>
internal sealed class PendingConnection(LockedContext server, Socket socket) : IPeer
{
    private bool _isCounted;

    public string RemoteName => SocketNames.Remote(socket);

    public PeerAddress Address { get; } = PeerAddresses.Of(socket);

    /// <summary>
    /// Asks the limiter, gets the socket ready and begins to serve it. When it returns true the newcomer counts, and the limiter must
    /// be told when it is gone; when it returns false its socket is closed, after it was told why if it was turned away.
    /// </summary>
    /// <param name="protocol">What it will most likely understand.</param>
    /// <param name="notices">Where to write what it is told.</param>
    /// <param name="start">Begins to serve it, or says why it cannot: the system has nothing left for another, or the program made a
    /// mistake.</param>
    public bool TryComeIn(IProtocol protocol, SegmentWriter notices, Func<CommandResult> start)
    {
        try
        {
            return TryAdmit(protocol, notices, start);
        }
        catch (Exception error) when (server.Errors.Catches(error))
        {
            server.Errors.Note(error, $"accepting {RemoteName}");
            if (_isCounted)
            {
                server.Limiter.Release(Address);
            }

            socket.Dispose();
            return false;
        }
    }

    private bool TryAdmit(IProtocol protocol, SegmentWriter notices, Func<CommandResult> start)
    {
        var answer = server.Limiter.TryAdmit(Address, server.Clients.Count, server.Shared.Clock.NowMs);
        _isCounted = answer.IsOk;
        if (_isCounted)
        {
            // Options only now, since many may be turned away; a client that was reset while it waited takes none.
            var isReady = ClientSockets.TryPrepare(socket);
            answer = isReady ? start() : server.Limiter.Full;
            if (answer.IsOk)
            {
                return true;
            }

            server.Limiter.Release(Address);
            _isCounted = false;
            if (!isReady)
            {
                socket.Dispose();
                return false;
            }
        }

        // A new socket's send buffer is empty, so this short line fits.
        socket.Send(RejectionNotice.Encode(protocol, answer, notices), SocketFlags.None, out _);
        SocketNames.TryShutdown(socket, SocketShutdown.Send);
        server.Observer.TurnedAway(this, answer.Code, server.Clients.Count);
        socket.Dispose();
        return false;
    }
}
