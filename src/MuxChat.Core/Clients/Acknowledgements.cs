using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Delivery;

namespace MuxChat.Core.Clients;

/// <summary>
/// The answers that wait for the journal. A request is acknowledged only once its events are as durable as the
/// configuration demands. The room receives them without that wait.
/// </summary>
/// <remarks>
/// Owner: the hub's thread, or the callers of its lock. Invariant: answers wait in the order of their journal positions, and each is sent
/// once. The ring of waiting answers allocates only while it grows, and it never shrinks. <see cref="MaxWaiting"/> bounds it, because
/// <see cref="IsBehind"/> then pauses the senders.
/// </remarks>
public sealed class Acknowledgements(IJournal journal)
{
    /// <summary>Waiting answers at which no client may send more: 65,536.</summary>
    public const int MaxWaiting = 65_536;

    /// <summary>
    /// Runs of positions with one outcome that are remembered: 64. An answer that comes later than that says that its event was not stored.
    /// </summary>
    private const int MaxRuns = 64;

    private const int MinSlots = 64;
    private const int IdBytes = 128;

    // The outcomes so far, oldest first. Neighbours differ in their status.
    private readonly List<JournalOutcome> _runs = [new JournalOutcome(0, JournalStatus.Failed)];
    private Waiting[] _ring = [];
    private byte[] _ids = [];
    private int _head;
    private JournalOutcome _outcome;
    private bool _isCollecting;

    /// <summary>The number of waiting answers.</summary>
    public int Count { get; private set; }

    /// <summary>Whether senders must pause, because too many events or answers wait for the disk.</summary>
    public bool IsBehind => journal.IsBehind || Count >= MaxWaiting;

    /// <summary>Whether the acknowledgement of this result must wait for the journal.</summary>
    public bool MustWait(in CommandResult result) => result.Position > 0 && journal.AcknowledgesLater;

    /// <summary>Queues an answer until the journal reports its outcome.</summary>
    /// <param name="recipient">The client to answer; its <see cref="Recipient.PendingAnswers"/> counts the answer.</param>
    /// <param name="id">The request's id, as the client wrote it: 1 to 128 bytes.</param>
    /// <param name="result">The result of the request.</param>
    public void Add(Recipient recipient, ReadOnlySpan<byte> id, in CommandResult result)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        // A shared file is announced before its client can be answered. Answers to later events may wait already.
        var slot = (_head + Count) & (_ring.Length - 1);
        for (var left = Count; left > 0 && Before(slot) is var before && _ring[before].Position > result.Position; left--)
        {
            _ring[slot] = _ring[before];
            _ids.AsSpan(before * IdBytes, IdBytes).CopyTo(_ids.AsSpan(slot * IdBytes, IdBytes));
            slot = before;
        }

        _ring[slot] = new Waiting(recipient, result.Position, result.Seq, id.Length);
        id.CopyTo(_ids.AsSpan(slot * IdBytes, IdBytes));
        Count++;
        recipient.PendingAnswers++;
    }

    /// <summary>Answers a request: at once, or when the journal has reported the outcome.</summary>
    /// <param name="recipient">The client to answer.</param>
    /// <param name="isGone">Whether its session is over. The answer then never waits.</param>
    /// <param name="id">The request's id; empty for none.</param>
    /// <param name="result">The result of the request.</param>
    public void Answer(Recipient recipient, bool isGone, ReadOnlySpan<byte> id, in CommandResult result)
    {
        if (result.IsOk && !id.IsEmpty && !isGone && MustWait(result))
        {
            if (result.Position <= _runs[^1].UpTo)
            {
                // The journal was faster than the client's answer, and reports each outcome once.
                Answer(new Waiting(recipient, result.Position, result.Seq, id.Length), id, StatusOf(result.Position));
                return;
            }

            Add(recipient, id, result);
            return;
        }

        // No protocol answers a success without an id. Every chat line is one, so the event is not even created.
        if (!result.IsOk || !id.IsEmpty)
        {
            recipient.Receive(new ChatEvent { Kind = result.IsOk ? EventKind.Ok : EventKind.Error, Result = result, Id = id });
        }
    }

    /// <summary>Takes the journal's new outcomes and sends their answers.</summary>
    public void Collect()
    {
        while (_isCollecting || journal.TryTakeOutcome(out _outcome))
        {
            if (!_isCollecting)
            {
                Remember(_outcome);
            }

            // If an answer throws, the next call continues with the next answer, under the same outcome.
            _isCollecting = true;
            while (Count > 0 && _ring[_head].Position <= _outcome.UpTo)
            {
                Answer(TakeFirst(out var id), id, _outcome.Status);
            }

            _isCollecting = false;
        }
    }

    /// <summary>
    /// Submits the events appended since the last call to the journal's writer, and sends the answers that are already known.
    /// </summary>
    /// <remarks>A failed or full journal reports outcomes without its writer, so nothing would wake the loop for them later.</remarks>
    public void Submit()
    {
        journal.Submit();
        Collect();
    }

    private void Remember(JournalOutcome outcome)
    {
        if (_runs[^1].Status == outcome.Status)
        {
            _runs[^1] = outcome;
            return;
        }

        _runs.Add(outcome);
        if (_runs.Count > MaxRuns)
        {
            // All events of the two oldest runs count as not stored from now on.
            _runs.RemoveAt(0);
            _runs[0] = _runs[0] with { Status = JournalStatus.Failed };
        }
    }

    private JournalStatus StatusOf(long position) => _runs.First(run => position <= run.UpTo).Status;

    private int Before(int slot) => (slot - 1) & (_ring.Length - 1);

    // Removes the answer before it is sent, so that it is counted once even if sending throws. The id is valid until the next call of Add.
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
