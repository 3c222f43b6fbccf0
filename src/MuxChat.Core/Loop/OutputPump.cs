using MuxChat.Core.Buffers;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop.Watching;

namespace MuxChat.Core.Loop;

/// <summary>
/// The output side of one connection. Writes its outbox to its channel until the kernel accepts no
/// more, and detects a client that reads too slowly.
/// </summary>
/// <remarks>A field of its connection, never copied.</remarks>
internal struct OutputPump()
{
    private long _overSinceMs = -1;

    // Created at the first short write, and kept. A client that keeps up never has one.
    private Backlog.Entry? _backlog;

    public enum Result
    {
        /// <summary>All queued bytes are written.</summary>
        Flushed,

        /// <summary>Bytes are left: the kernel accepts no more now, or this tick's share is used up.</summary>
        FellShort,

        /// <summary>The connection is broken.</summary>
        Broken,

        /// <summary>Too many bytes are left, or for too long, or the client is expelled.</summary>
        TooSlow,
    }

    /// <summary>Whether the last write left bytes in the outbox or in the channel. The channel is then watched for writing.</summary>
    public bool FellShort { get; private set; }

    /// <summary>
    /// When the outbox will have been over the lower limit for too long, in the clock's
    /// milliseconds; <see cref="long.MaxValue"/> while it is under.
    /// </summary>
    public readonly long SlowMs(SlowConsumerRule rule) => _overSinceMs < 0 ? long.MaxValue : _overSinceMs + rule.SoftMs;

    /// <summary>When to try to write once more before a limit is checked, in the clock's milliseconds.</summary>
    /// <param name="rule">The limits of the outbox.</param>
    /// <param name="deadlineMs">The client's own deadline.</param>
    public readonly long TryAgainMs(SlowConsumerRule rule, long deadlineMs) =>
        Math.Min(SlowMs(rule), FellShort ? deadlineMs : long.MaxValue);

    /// <summary>Writes queued bytes, at most one tick's share.</summary>
    /// <param name="loop">Supplies the limits and the scratch buffer.</param>
    /// <param name="owner">The connection that owns this pump.</param>
    /// <param name="isAwaited">True while the socket has not become writable since the last short
    /// write. Sending now would only return EAGAIN.</param>
    public Result Flush(LoopContext loop, Connection owner, bool isAwaited)
    {
        var phase = loop.Recorder.Enter(TickPhase.Write);
        var result = Send(loop, owner, isAwaited);
        loop.Recorder.Enter(phase);
        return result;
    }

    private Result Send(LoopContext loop, Connection owner, bool isAwaited)
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
            loop.Metrics.BytesSent.Add(sent);
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

    /// <summary>Removes the connection from the backlog, because its bytes were written or dropped.</summary>
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

        // An expelled client that does not read is not waited for: its remaining bytes are dropped.
        return owner.Client.Recipient.Closing is { IsExpelled: true, IsEnded: true }
            || loop.Limits.SlowConsumer.IsExceeded(outbox.QueuedBytes, loop.NowMs, ref _overSinceMs) ? Result.TooSlow : Result.FellShort;
    }
}
