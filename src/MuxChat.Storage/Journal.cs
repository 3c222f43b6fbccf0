using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>The loop's side of the journal. Encodes events into batches, and gives the writer one batch at a time.</summary>
/// <remarks>
/// While the writer has a batch, the next one grows: the slower the disk, the more events share a sync. Only the loop's thread may use it.
/// It never waits, and allocates nothing once its buffers have grown.
/// </remarks>
public sealed class Journal : IJournal
{
    /// <summary>The most bytes of an event with its frame and standing: 256 KiB.</summary>
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

    /// <summary>Called when a batch is ready for the writer. Set it once, before the first event.</summary>
    public Action? Submitted { get; set; }

    /// <inheritdoc/>
    public bool AcknowledgesLater => _options.Durability != Durability.None;

    /// <inheritdoc/>
    public bool IsBehind => _waitingBytes > _options.BehindBytes;

    /// <summary>Events so far that are known not to be stored.</summary>
    public long NotStored => _outcomes.NotStored;

    /// <summary>Whether events were dropped before they reached the writer.</summary>
    internal bool HasLost { get; private set; }

    /// <summary>Whether any event or standing still waits for the disk, or any dropped event for its outcome.</summary>
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
    /// A standing dropped here is superseded by the room's next change. A forgotten room has no next change,
    /// so that record is added however full the backlog is.
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
    /// Takes a finished batch back from the writer. Afterwards the first entry in the queue is a
    /// batch, or the queue is empty, or the writer is busy.
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

    // Returns the open batch, with space for this many bytes.
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

    // Dropped events get their outcome after all earlier events.
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
        _observer.BatchEnded(done.Status, done.EventBytes, done.SyncUs);
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

    // Nothing more is stored: waiting events get their outcome now, and no event waits again.
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

    /// <summary>A waiting batch, or dropped events when there is no batch.</summary>
    private readonly record struct Waiting(JournalBatch? Batch, long UpTo);
}
