using MuxChat.Core.Buffers;
using MuxChat.Core.Delivery;

namespace MuxChat.Core.Loop;

/// <summary>
/// The way out of one connection: writes its outbox to its channel as far as the kernel takes it, and knows
/// when the client reads too slowly.
/// </summary>
/// <remarks>A field of its connection, never copied.</remarks>
internal struct OutputPump()
{
    private long _overSinceMs = -1;

    // Made when a write first falls short, and kept: a client that keeps up never has one.
    private Backlog.Entry? _backlog;

    public enum Result
    {
        /// <summary>Everything is written.</summary>
        Flushed,

        /// <summary>Something is left: the kernel takes no more at the moment, or this tick's share is used up.</summary>
        FellShort,

        /// <summary>The connection is broken.</summary>
        Broken,

        /// <summary>Something is left, and for too long or too much of it; or the client is expelled.</summary>
        TooSlow,
    }

    /// <summary>Whether the last write fell short, or the channel holds some of it: it is then watched for writing.</summary>
    public bool FellShort { get; private set; }

    /// <summary>When the lower outbox limit will have been passed for too long; <see cref="long.MaxValue"/> while it is not.</summary>
    public readonly long SlowMs(SlowConsumerRule rule) => _overSinceMs < 0 ? long.MaxValue : _overSinceMs + rule.SoftMs;

    /// <summary>Writes what is queued, at most a tick's share.</summary>
    /// <param name="loop">Whose limits and scratch are used.</param>
    /// <param name="owner">The connection.</param>
    /// <param name="isAwaited">The last write fell short and the channel has not said since that it can be written: asking
    /// again would be in vain.</param>
    public Result Flush(LoopContext loop, Connection owner, bool isAwaited)
    {
        var outbox = owner.Client.Recipient.Outbox;
        var channel = owner.Channel;
        if (isAwaited && FellShort)
        {
            return CheckLimits(loop, owner, outbox);
        }

        if (outbox.QueuedBytes == 0 && channel.HasUnsent && IsBroken(channel.Send([], out _)))
        {
            return Result.Broken;
        }

        long budget = loop.Limits.WriteBytesPerTick;
        while (outbox.QueuedBytes > 0 && budget > 0)
        {
            var bytes = outbox.Peek(loop.WriteScratch);
            if (IsBroken(channel.Send(bytes, out var sent)))
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

        FellShort = outbox.QueuedBytes > 0 || channel.HasUnsent;
        if (!FellShort)
        {
            _overSinceMs = -1;
            Release(loop);
            return Result.Flushed;
        }

        return CheckLimits(loop, owner, outbox);
    }

    /// <summary>What is queued no longer counts: it was written, or is dropped.</summary>
    public readonly void Release(LoopContext loop)
    {
        if (_backlog is not null)
        {
            loop.Flusher.Backlog.Remove(_backlog);
        }
    }

    private static bool IsBroken(ChannelStatus status) => status is ChannelStatus.Broken or ChannelStatus.EndOfInput;

    private Result CheckLimits(LoopContext loop, Connection owner, Outbox outbox)
    {
        loop.Flusher.Backlog.Set(_backlog ??= new Backlog.Entry(owner), outbox.QueuedBytes);
        outbox.Compact(loop.Shared.Broadcaster.Pool);

        // Who is expelled and does not read is not waited for: what is left is dropped.
        return owner.Client.Recipient.Closing is { IsExpelled: true, IsEnded: true }
            || loop.Limits.SlowConsumer.IsExceeded(outbox.QueuedBytes, loop.NowMs, ref _overSinceMs) ? Result.TooSlow : Result.FellShort;
    }
}
