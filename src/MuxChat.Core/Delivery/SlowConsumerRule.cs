namespace MuxChat.Core.Delivery;

/// <summary>
/// Tells when a client reads too slowly to be kept: more than <see cref="HardBytes"/> queued at any time, or more than
/// <see cref="SoftBytes"/> for <see cref="SoftMs"/> on end. Looked at after each attempt to write.
/// </summary>
public sealed record SlowConsumerRule
{
    /// <summary>High-water mark: 1 MiB.</summary>
    public long HardBytes { get; init; } = 1024 * 1024;

    /// <summary>The lower mark, which may be passed for a while: 256 KiB.</summary>
    public long SoftBytes { get; init; } = 256 * 1024;

    /// <summary>How long, in milliseconds: 10,000.</summary>
    public int SoftMs { get; init; } = 10_000;

    /// <summary>Looks at an outbox.</summary>
    /// <param name="queuedBytes">What is queued.</param>
    /// <param name="nowMs">The time.</param>
    /// <param name="overSinceMs">Since when the lower mark has been passed, or -1; kept by the connection.</param>
    /// <returns>Whether the client is to be cut.</returns>
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
