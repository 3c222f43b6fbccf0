using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// Sees that no more is queued for all connections that do not keep up than may be: beyond, those are closed that hold the most.
/// </summary>
/// <remarks>
/// What is queued for each is known at any time, and its sum is an upper bound; only when that is passed the bytes are counted once each.
/// Between two counts they can have grown by no more than was encoded, so that they are not counted again before a sixty-fourth of the
/// limit has been.
/// </remarks>
internal sealed class OutputCap(Backlog backlog, Broadcaster broadcaster, Replaceable<LoopLimits> limits)
{
    private const int Share = 64;

    private readonly QueuedBytes<Connection> _queued = new();
    private long _counted;
    private long _countedUnder;
    private long _countedAt = long.MinValue / 2;

    /// <summary>Looks whether it is too much, and closes as many as it takes. Everything that was published is in the outboxes.</summary>
    public void Enforce()
    {
        // What was counted under a greater limit may be too much under a lower one.
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
