using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// Enforces <see cref="LoopLimits.QueuedBytes"/> over all connections that do not keep up, by closing those that hold the most.
/// </summary>
/// <remarks>
/// The sum of the queued bytes of each connection is always known, and is an upper bound. Only when the sum exceeds the
/// limit are the bytes counted once each. Between two counts the total grows by at most the bytes encoded. The next count
/// therefore waits until another 1/64 of the limit has been encoded.
/// </remarks>
internal sealed class OutputCap(Backlog backlog, Broadcaster broadcaster, Replaceable<LoopLimits> limits)
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
