using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Loop;

/// <summary>Accepts clients, a bounded number per tick, and turns away those that the limiter refuses.</summary>
/// <remarks>
/// When the process runs out of descriptors, the acceptor stops listening for a while. The
/// listener would stay ready and the loop would spin.
/// </remarks>
internal sealed class Acceptor
{
    private readonly LoopContext _loop;
    private readonly ConnectionTable _table;
    private readonly IProtocol?[] _protocols;
    private readonly ILoopObserver _observer;
    private readonly ConnectionLimiter _limiter;
    private readonly SegmentWriter _writer;
    private readonly TimerQueue.Entry _pause = new();

    public Acceptor(LoopContext loop, ConnectionTable table, IProtocol?[] protocols, ILoopObserver observer)
    {
        _loop = loop;
        _table = table;
        _protocols = protocols;
        _observer = observer;
        _limiter = loop.Limiter;
        _writer = new SegmentWriter(loop.Shared.Broadcaster.Pool);
    }

    /// <summary>Accepts from a ready listener.</summary>
    public void Accept(int listener)
    {
        for (var i = 0; i < _loop.Limits.AcceptsPerTick; i++)
        {
            switch (_loop.Network.Accept(listener, out var channel))
            {
                case AcceptStatus.Accepted:
                    LetIn(channel!, _protocols[listener]);
                    break;
                case AcceptStatus.OutOfDescriptors:
                    Pause();
                    return;
                case AcceptStatus.WouldBlock:
                    return;
            }
        }
    }

    /// <summary>Listens again after a pause.</summary>
    public void Resume() => SetListening(true);

    /// <summary>Tells the limiter that an admitted connection has closed, so that its address may open another.</summary>
    public void Release(IPeer peer) => _limiter.Release(peer.Address);

    private void LetIn(IChannel channel, IProtocol? protocol)
    {
        var answer = _limiter.TryAdmit(channel.Address, _table.Count, _loop.NowMs);
        if (!answer.IsOk)
        {
            TurnAway(channel, protocol ?? _loop.Shared.Detector.Fallback, answer);
            return;
        }

        var token = _table.Reserve();
        Connection connection;
        try
        {
            connection = new Connection(_loop, channel, token);
        }
        catch (Exception error) when (_loop.Errors.Catches(error))
        {
            var number = _loop.Errors.Note(error, $"accepting {channel.RemoteName}");
            _table.GiveBack(token);
            _limiter.Release(channel.Address);
            TurnAway(channel, protocol ?? _loop.Shared.Detector.Fallback,
                CommandResult.Error(ErrorCode.InternalError, $"internal error {number}"));
            return;
        }

        _table.Put(connection);
        _loop.Metrics.Accepted.Increment();
        _observer.Accepted(channel, _table.Count);
        _loop.Serve(connection, static (connection, protocol) => connection.Begin(protocol), protocol, "greeting");
    }

    private void TurnAway(IChannel channel, IProtocol protocol, in CommandResult answer)
    {
        _loop.Metrics.Refused.Increment(LabelOf(answer.Code));
        try
        {
            // A channel that opens can say nothing yet. The send buffer of any other is empty, so this short line fits. If the peer is gone
            // already, the send has no effect.
            if (!channel.IsOpening)
            {
                channel.Send(RejectionNotice.Encode(protocol, answer, _writer), out _);
                channel.ShutdownSend();
            }

            _observer.TurnedAway(channel, answer.Code, _table.Count);
        }
        catch (Exception error) when (_loop.Errors.Catches(error))
        {
            _loop.Errors.Note(error, $"rejecting {channel.RemoteName}");
        }

        _loop.Close(channel);
    }

    private static string LabelOf(ErrorCode code) => code switch
    {
        ErrorCode.ServerFull => "server_full",
        ErrorCode.TooManyConnections => "too_many_connections",
        ErrorCode.ConnectRate => "connect_rate",
        ErrorCode.InternalError => "internal_error",
        _ => MetricFamily.Other,
    };

    private void Pause()
    {
        _loop.Metrics.Refused.Increment("no_descriptors");
        SetListening(false);
        _loop.Timers.Schedule(_pause, _loop.NowMs + _loop.Limits.AcceptPauseMs);
        _observer.AcceptPaused(_loop.Limits.AcceptPauseMs, _table.Count);
    }

    private void SetListening(bool isListening)
    {
        for (var listener = 0; listener < _loop.Network.ListenerCount; listener++)
        {
            // Datagrams need no descriptor, and the kernel would drop those that wait too long.
            if (_loop.Network.DatagramsOf(listener) is null)
            {
                _loop.Network.SetListening(listener, isListening);
            }
        }
    }
}
