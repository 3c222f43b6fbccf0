using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>
/// The loop's side of the journal: events are encoded into batches, of which one at a time is with the writer. While that one is
/// written, the next grows: the slower the disk, the more events share a sync. For the loop's thread alone; it never waits, and
/// allocates nothing once its buffers have grown.
/// </summary>
public sealed class Journal : IJournal
{
    /// <summary>An event may take this many bytes with everything around it: 256 KiB.</summary>
    public const int MaxEventBytes = RecordFrame.MaxPayloadBytes;

    private const int KeptBatches = 4;

    private readonly JournalOptions _options;
    private readonly IJournalObserver _observer;
    private readonly BatchSlot _slot;
    private readonly OutcomeQueue _outcomes = new();
    private readonly Stack<JournalBatch> _free = new();
    private readonly Queue<Waiting> _waiting = new();
    private JournalBatch? _open;
    private long _position;
    private long _lostUpTo;
    private long _waitingBytes;
    private bool _isWriting;
    private bool _hasFailed;
    private bool _toldBehind;
    private bool _toldFull;

    internal Journal(JournalOptions options, IJournalObserver observer, BatchSlot slot)
    {
        _options = options;
        _observer = observer;
        _slot = slot;
    }

    /// <summary>Called when there is a batch for the writer. Set once, before the first event.</summary>
    public Action? Submitted { get; set; }

    /// <inheritdoc/>
    public bool AcknowledgesLater => _options.Durability != Durability.None;

    /// <inheritdoc/>
    public bool IsBehind => _waitingBytes > _options.BehindBytes;

    /// <summary>Bytes that wait for the disk.</summary>
    public long WaitingBytes => _waitingBytes;

    /// <summary>Events so far of which it is known that they are not stored.</summary>
    public long NotStored => _outcomes.NotStored;

    /// <summary>Whether events were given up before they reached the writer.</summary>
    internal bool HasLost { get; private set; }

    /// <summary>Whether there is something that has no outcome yet.</summary>
    internal bool HasWaiting => _outcomes.UpTo < _position || _isWriting || _waiting.Count > 0 || _open is not null;

    /// <inheritdoc/>
    public long Append(in StoredEvent past)
    {
        var size = JournalBatch.SizeOf(past);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxEventBytes, nameof(past));
        _position++;
        if (_hasFailed)
        {
            _outcomes.Add(_position, JournalStatus.Failed);
        }
        else if (_waitingBytes + size > _options.BacklogBytes)
        {
            Lose();
        }
        else
        {
            OpenFor(size).Add(past, _position);
            Count(size);
        }

        return _position;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// What is given up here comes again with the room's next change. That a room was forgotten is said whatever waits: of that room
    /// nothing comes again.
    /// </remarks>
    public void Keep(RoomStanding standing)
    {
        var size = JournalBatch.SizeOf(standing);
        if (!_hasFailed && (standing.IsForgotten || _waitingBytes + size <= _options.BacklogBytes))
        {
            OpenFor(size).Add(standing);
            Count(size);
        }
    }

    /// <inheritdoc/>
    public void Submit()
    {
        Collect();
        if (_isWriting || !TryTakeNext(out var next))
        {
            return;
        }

        _isWriting = true;
        _slot.Give(next);
        Submitted?.Invoke();
    }

    /// <inheritdoc/>
    public bool TryTakeOutcome(out JournalOutcome outcome)
    {
        Collect();
        return _outcomes.TryTake(out outcome);
    }

    /// <summary>
    /// Looks whether the writer is done. After this a batch is at the head of those waiting, or nothing waits, or the writer is busy.
    /// </summary>
    internal void Collect()
    {
        if (_slot.TryTakeBack(out var done))
        {
            Finish(done);
        }

        while (!_isWriting && _waiting.TryPeek(out var waiting) && waiting.Batch is null)
        {
            _waiting.Dequeue();
            _outcomes.Add(waiting.UpTo, JournalStatus.Full);
        }

        if (!_isWriting && _waiting.Count == 0 && _lostUpTo > 0)
        {
            _outcomes.Add(_lostUpTo, JournalStatus.Full);
            _lostUpTo = 0;
        }
    }

    // The batch that grows, with room for so many bytes.
    private JournalBatch OpenFor(int size)
    {
        if (_lostUpTo > 0)
        {
            _waiting.Enqueue(new(null, _lostUpTo));
            _lostUpTo = 0;
        }

        if (_open is not null && !_open.Fits(size))
        {
            _waiting.Enqueue(new(_open, _open.UpTo));
            _open = null;
        }

        return _open ??= _free.TryPop(out var free) ? free
            : new JournalBatch(Math.Max(_options.BatchBytes, BatchHeader.Bytes + MaxEventBytes));
    }

    private void Count(int size)
    {
        _waitingBytes += size;
        if (IsBehind && !_toldBehind)
        {
            _toldBehind = true;
            _observer.FellBehind(_waitingBytes);
        }
    }

    // Events that are given up have their outcome after those before them.
    private void Lose()
    {
        HasLost = true;
        if (!_toldFull)
        {
            _toldFull = true;
            _observer.BacklogFull(_waitingBytes);
        }

        if (_open is not null)
        {
            _waiting.Enqueue(new(_open, _open.UpTo));
            _open = null;
        }

        _lostUpTo = _position;
    }

    private bool TryTakeNext(out JournalBatch next)
    {
        next = _waiting.TryDequeue(out var waiting) ? waiting.Batch! : _open!;
        if (next == _open)
        {
            _open = null;
        }

        return next is not null;
    }

    private void Finish(JournalBatch done)
    {
        _isWriting = false;
        _waitingBytes -= done.EventBytes;
        _outcomes.Add(done.UpTo, done.Status);
        Recycle(done);
        if (done.Status == JournalStatus.Failed)
        {
            Fail();
        }

        if (_toldBehind && _waitingBytes <= _options.BehindBytes / 2)
        {
            _toldBehind = false;
            _toldFull = false;
            _observer.CaughtUp();
        }
    }

    // Nothing will be stored any more: what waits has its outcome now, and nothing waits again.
    private void Fail()
    {
        _hasFailed = true;
        _outcomes.Add(_position, JournalStatus.Failed);
        _waiting.Clear();
        _free.Clear();
        _open = null;
        _lostUpTo = 0;
        _waitingBytes = 0;
    }

    private void Recycle(JournalBatch batch)
    {
        if (_free.Count < KeptBatches)
        {
            batch.Clear();
            _free.Push(batch);
        }
    }

    /// <summary>A batch that waits, or, without one, events that were given up.</summary>
    private readonly record struct Waiting(JournalBatch? Batch, long UpTo);
}
