using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Delivery;

namespace MuxChat.Core.Clients;

/// <summary>
/// The answers that wait for the journal: a request is acknowledged once its events are as durable as was asked for, and not before. What
/// it said has reached everyone long since.
/// </summary>
/// <remarks>
/// Owned by the thread of the hub, or used under its lock. Invariant: answers wait in the order of their positions; each is given
/// once. No allocation once the ring has grown; it shrinks never and is bounded by <see cref="MaxWaiting"/>, at which
/// <see cref="IsBehind"/> holds the senders back.
/// </remarks>
public sealed class Acknowledgements(IJournal journal)
{
    /// <summary>Answers that wait, beyond which nobody may say more: 65,536.</summary>
    public const int MaxWaiting = 65_536;

    private const int MinSlots = 64;
    private const int IdBytes = 128;

    private Waiting[] _ring = [];
    private byte[] _ids = [];
    private int _head;
    private JournalOutcome _outcome;
    private bool _isCollecting;

    /// <summary>How many answers wait.</summary>
    public int Count { get; private set; }

    /// <summary>Whether so much waits for the disk that senders have to wait too.</summary>
    public bool IsBehind => journal.IsBehind || Count >= MaxWaiting;

    /// <summary>Whether what was done at this position in the journal is to be acknowledged later.</summary>
    public bool MustWait(in CommandResult result) => result.Position > 0 && journal.AcknowledgesLater;

    /// <summary>Lets an answer wait.</summary>
    /// <param name="recipient">Whose it is; its <see cref="Recipient.PendingAnswers"/> counts it.</param>
    /// <param name="id">How the client named its request: 1 to 128 bytes.</param>
    /// <param name="result">What was done.</param>
    public void Add(Recipient recipient, ReadOnlySpan<byte> id, in CommandResult result)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        var slot = (_head + Count) & (_ring.Length - 1);
        _ring[slot] = new Waiting(recipient, result.Position, result.Seq, id.Length);
        id.CopyTo(_ids.AsSpan(slot * IdBytes, IdBytes));
        Count++;
        recipient.PendingAnswers++;
    }

    /// <summary>Answers a request, at once or when the journal has said how it went.</summary>
    /// <param name="recipient">Whose it was.</param>
    /// <param name="isGone">Whether its session is over: then nothing is waited for.</param>
    /// <param name="id">How the client named its request; empty for none.</param>
    /// <param name="result">How it ended.</param>
    public void Answer(Recipient recipient, bool isGone, ReadOnlySpan<byte> id, in CommandResult result)
    {
        if (result.IsAnsweredLater)
        {
            return;
        }

        if (result.IsOk && !id.IsEmpty && !isGone && MustWait(result))
        {
            Add(recipient, id, result);
            return;
        }

        // What was done and has no name is not answered in any protocol: that is every line, so it is not even tried.
        if (!result.IsOk || !id.IsEmpty)
        {
            recipient.Receive(new ChatEvent { Kind = result.IsOk ? EventKind.Ok : EventKind.Error, Result = result, Id = id });
        }
    }

    /// <summary>Takes what the journal says since the last time, and gives the answers.</summary>
    public void Collect()
    {
        while (_isCollecting || journal.TryTakeOutcome(out _outcome))
        {
            // If a mistake cuts an answer short, the next call goes on with the one behind it, under the same outcome.
            _isCollecting = true;
            while (Count > 0 && _ring[_head].Position <= _outcome.UpTo)
            {
                Answer(TakeFirst(out var id), id, _outcome.Status);
            }

            _isCollecting = false;
        }
    }

    /// <summary>
    /// Hands to the journal's writer what was said since the last time, and gives the answers that are known already: a journal that has
    /// failed, or is full, has no writer that would wake anybody later.
    /// </summary>
    public void Submit()
    {
        journal.Submit();
        Collect();
    }

    // It waits no more before it is given: whatever that comes to, it is counted once. The name holds until the next answer waits.
    private Waiting TakeFirst(out ReadOnlySpan<byte> id)
    {
        var first = _ring[_head];
        id = _ids.AsSpan(_head * IdBytes, first.IdLength);
        _ring[_head] = default;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        first.Recipient.PendingAnswers--;
        return first;
    }

    private static void Answer(in Waiting waiting, ReadOnlySpan<byte> id, JournalStatus status)
    {
        var isStored = status == JournalStatus.Stored;
        waiting.Recipient.Receive(new ChatEvent
        {
            Kind = isStored ? EventKind.Ok : EventKind.Error,
            Result = isStored ? CommandResult.Ok(waiting.Seq) : NotStored(status) with { Seq = waiting.Seq },
            Id = id,
        });
    }

    private static CommandResult NotStored(JournalStatus status) => CommandResult.Error(ErrorCode.NotStored, status == JournalStatus.Full
        ? "done, but not stored: the server's disk is full"
        : "done, but not stored: the server's disk failed");

    private void Grow()
    {
        var ring = new Waiting[Math.Max(MinSlots, _ring.Length * 2)];
        var ids = new byte[ring.Length * IdBytes];
        for (var i = 0; i < Count; i++)
        {
            var slot = (_head + i) & (_ring.Length - 1);
            ring[i] = _ring[slot];
            _ids.AsSpan(slot * IdBytes, IdBytes).CopyTo(ids.AsSpan(i * IdBytes));
        }

        _ring = ring;
        _ids = ids;
        _head = 0;
    }

    private readonly record struct Waiting(Recipient Recipient, long Position, long Seq, int IdLength);
}
