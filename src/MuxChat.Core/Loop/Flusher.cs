using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop.Watching;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>Writes published events: the one place that writes every dirty outbox.</summary>
/// <remarks>
/// The loop calls it at the end of a tick. A connection calls it in the middle of a read when so
/// much is encoded that other clients should not wait.
/// </remarks>
internal sealed class Flusher
{
    private readonly Broadcaster _broadcaster;
    private readonly OutputCap _cap;
    private readonly TickRecorder _recorder;
    private List<Connection> _resumed = [];

    public Flusher(Broadcaster broadcaster, Replaceable<LoopLimits> limits, TickRecorder recorder)
    {
        _recorder = recorder;
        _broadcaster = broadcaster;
        _cap = new OutputCap(Backlog, broadcaster, limits);
    }

    /// <summary>The connections that do not keep up, and the bytes queued for them.</summary>
    public Backlog Backlog { get; } = new();

    /// <summary>Connections to close at the end of the tick.</summary>
    public List<Connection> Doomed { get; } = [];

    /// <summary>Connections whose outbox is below its resume mark, or that may finish closing.</summary>
    public List<Connection> Resumable { get; private set; } = [];

    /// <summary>Whether another flush would have work to do.</summary>
    public bool HasWork => _broadcaster.HasWork || Doomed.Count > 0;

    /// <summary>
    /// Distributes published events to the outboxes, writes each dirty outbox once, and enforces the limit on queued bytes.
    /// </summary>
    public void FlushAll()
    {
        var phase = _recorder.Enter(TickPhase.Write);
        _broadcaster.Distribute();
        while (_broadcaster.TryTakeDirty(out var recipient))
        {
            _broadcaster.Errors.Try(recipient.Owner!, static (owner, _) => owner.Flush(), 0, "writing to");
        }

        _cap.Enforce();
        _recorder.Enter(phase);
    }

    /// <summary>Resumes each resumable connection. Connections that become resumable meanwhile are resumed in the next tick.</summary>
    public void Resume()
    {
        var resumed = Resumable;
        Resumable = _resumed;
        foreach (var connection in resumed)
        {
            _broadcaster.Errors.Try(connection, static (connection, _) => connection.OnResumable(), 0, "resuming");
        }

        resumed.Clear();
        _resumed = resumed;
    }

    /// <summary>
    /// Enforces <see cref="LoopLimits.QueuedBytes"/> over all connections that do not keep up, by closing those that hold the most.
    /// </summary>
    /// <remarks>
    /// The sum of the queued bytes of each connection is always known, and is an upper bound. Only when the sum exceeds the
    /// limit are the bytes counted once each. Between two counts the total grows by at most the bytes encoded. The next count
    /// therefore waits until another 1/64 of the limit has been encoded.
    /// </remarks>
    private sealed class OutputCap(Backlog backlog, Broadcaster broadcaster, Replaceable<LoopLimits> limits)
    {
        private const int Share = 64;

        private readonly QueuedBytes<Connection> _queued = new();
        private long _counted;
        private long _countedUnder;
        private long _countedAt = long.MinValue / 2;

        /// <summary>
        /// Checks the total, and closes as many connections as necessary. Call it when all published events are in the outboxes.
        /// </summary>
        public void Enforce()
        {
            // A total that was within a higher limit may exceed a lower one.
            var limitBytes = limits.Current.QueuedBytes;
            _countedAt = limitBytes < _countedUnder ? long.MinValue / 2 : _countedAt;
            _countedUnder = limitBytes;
            var encoded = broadcaster.EncodedBytes - _countedAt;
            if (backlog.Bytes <= limitBytes || encoded < limitBytes / Share || _counted + encoded <= limitBytes)
            {
                return;
            }

            foreach (var connection in backlog.Connections)
            {
                _queued.Add(connection, static (connection, into) => connection.Client.Recipient.Outbox.CopyTo(into));
            }

            foreach (var connection in _queued.TakeUntil(limitBytes))
            {
                connection.Doom(CloseReason.OutputCap);
            }

            _counted = _queued.Total;
            _countedAt = broadcaster.EncodedBytes;
            _queued.Clear();
        }
    }
}
