namespace MuxChat.Core.Delivery;

/// <summary>
/// Decides when a client reads too slowly to stay connected. A client may not have more than <see cref="HardBytes"/> queued at any time,
/// nor more than <see cref="SoftBytes"/> for <see cref="SoftMs"/> without a break. Checked after each attempt to write.
/// </summary>
public sealed record SlowConsumerRule
{
    /// <summary>High-water mark, in bytes: 1 MiB. A client above it is closed at once.</summary>
    public long HardBytes { get; init; } = 1024 * 1024;

    /// <summary>Lower mark, in bytes: 256 KiB. A client may stay above it for <see cref="SoftMs"/>.</summary>
    public long SoftBytes { get; init; } = 256 * 1024;

    /// <summary>Milliseconds that a client may stay above <see cref="SoftBytes"/>: 10,000.</summary>
    public int SoftMs { get; init; } = 10_000;

    /// <summary>Checks an outbox.</summary>
    /// <param name="queuedBytes">The bytes queued.</param>
    /// <param name="nowMs">The time, in the clock's milliseconds.</param>
    /// <param name="overSinceMs">The time since when the lower mark has been exceeded, or -1; kept by the connection.</param>
    /// <returns>Whether to close the client.</returns>
    public bool IsExceeded(long queuedBytes, long nowMs, ref long overSinceMs)
    {
        if (queuedBytes <= SoftBytes)
        {
            overSinceMs = -1;
            return false;
        }

        if (overSinceMs < 0)
        {
            overSinceMs = nowMs;
        }

        return queuedBytes > HardBytes || nowMs - overSinceMs >= SoftMs;
    }
}
