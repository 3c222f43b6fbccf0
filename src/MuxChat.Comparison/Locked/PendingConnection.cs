using System.Net.Sockets;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Sockets.Channels;
using MuxChat.Sockets.Listening;

namespace MuxChat.Comparison.Locked;

/// <summary>A connection that is not admitted yet. Used under the gate. Owns the socket until it is admitted.</summary>
internal sealed class PendingConnection(LockedContext server, Socket socket) : IPeer
{
    private bool _isCounted;

    public string RemoteName => SocketNames.Remote(socket);

    public PeerAddress Address { get; } = PeerAddresses.Of(socket);

    /// <summary>Asks the limiter, prepares the socket and begins to serve it.</summary>
    /// <param name="protocol">The protocol that the peer most likely understands.</param>
    /// <param name="notices">The writer for the rejection notice.</param>
    /// <param name="start">Begins to serve the connection, or returns the error when the system has no
    /// more threads. May throw on an internal error.</param>
    /// <returns>True if the connection is admitted and counted: the caller must release it at its end. False if the socket is closed, after
    /// the notice when it was turned away.</returns>
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
            // Prepare only admitted sockets, since many may be turned away. Options fail for a client that was reset meanwhile.
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
