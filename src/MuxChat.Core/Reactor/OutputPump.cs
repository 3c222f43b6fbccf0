using MuxChat.Core.Delivery;

namespace MuxChat.Core.Reactor;

/// <summary>
/// The way out of one connection: writes its outbox to its channel as far as the kernel takes it, and knows when the client reads too slowly.
/// </summary>
internal sealed class OutputPump(LoopContext loop, IChannel channel, Recipient recipient)
{
    private long _overSinceMs = -1;

    public enum Result
    {
        /// <summary>Everything is written.</summary>
        Drained,

        /// <summary>Something is left: the kernel takes no more at the moment, or this tick's share is used up.</summary>
        FellShort,

        /// <summary>The connection is broken.</summary>
        Broken,

        /// <summary>Something is left, and for too long or too much of it.</summary>
        TooSlow,
    }

    /// <summary>Whether the last write fell short: the channel is then watched for writing.</summary>
    public bool FellShort { get; private set; }

    /// <summary>When the lower outbox limit will have been passed for too long; <see cref="long.MaxValue"/> while it is not.</summary>
    public long SlowMs => _overSinceMs < 0 ? long.MaxValue : _overSinceMs + loop.Limits.SlowConsumer.SoftMs;

    /// <summary>Writes what is queued, at most a tick's share.</summary>
    public Result Flush()
    {
        var outbox = recipient.Outbox;
        long budget = loop.Limits.WriteBytesPerTick;
        while (outbox.QueuedBytes > 0 && budget > 0)
        {
            var bytes = outbox.Peek(loop.WriteScratch);
            if (channel.Send(bytes, out var sent) is ChannelStatus.Broken or ChannelStatus.EndOfInput)
            {
                return Result.Broken;
            }

            outbox.Consume(sent);
            budget -= sent;
            if (sent < bytes.Length)
            {
                break;
            }
        }

        FellShort = outbox.QueuedBytes > 0;
        if (!FellShort)
        {
            _overSinceMs = -1;
            return Result.Drained;
        }

        outbox.Compact(loop.Conversations.Broadcaster.Pool);
        return IsTooSlow ? Result.TooSlow : Result.FellShort;
    }

    private bool IsTooSlow => loop.Limits.SlowConsumer.IsBroken(recipient.Outbox.QueuedBytes, loop.NowMs, ref _overSinceMs);
}
