using System.Buffers.Binary;
using MuxChat.Core.Chat.History;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>
/// The disk's side of the journal. Takes a batch, writes it, makes it durable as the options demand, and reports the outcome.
/// </summary>
/// <remarks>The writer has no thread: one thread at a time calls it, or a simulation does. It waits only for the disk.</remarks>
public sealed class JournalWriter
{
    private readonly JournalStore _store;
    private readonly BatchSlot _slot;
    private readonly Housekeeping _housekeeping;
    private readonly StandingTable _standings;
    private SegmentWriter _segment;
    private long _batch;
    private State _state = State.Working;
    private long _fullSince;
    private string _trouble = "the start of the journal could not be written";
    private bool _isRotating;

    // Whether the open segment may lack a standing that only older segments have. Those may be deleted.
    private bool _owesStandings;
    private long _standingBytes;
    private long? _notOpenedAt;

    internal JournalWriter(
        JournalStore store, BatchSlot slot, Housekeeping housekeeping, StandingTable standings, SegmentWriter segment, long lastBatch,
            bool isFull)
    {
        _standings = standings;
        _owesStandings = !standings.AreAllIn(segment.Header.Segment);

        // A segment that an older server reads must contain only records that it knows.
        _isRotating = segment.Header.IsOfOlderVersion;
        _store = store;
        _slot = slot;
        _housekeeping = housekeeping;
        _segment = segment;
        _batch = lastBatch;
        if (isFull)
        {
            // Without a start mark there must be no clean end: the next start would miss that this server had begun.
            HasLost = true;
            _state = State.Full;
            _fullSince = store.Time.GetTimestamp();
        }
    }

    private enum State
    {
        Working,
        Full,
        Failed,
    }

    /// <summary>Called after each batch, when its outcome can be taken. Set it once, before the first event.</summary>
    public Action? OutcomeReady { get; set; }

    /// <summary>Whether a batch, or the start mark itself, could not be stored.</summary>
    internal bool HasLost { get; private set; }

    /// <summary>How long to wait for a batch before the next step, after a step without work.</summary>
    public TimeSpan Pause => _owesStandings && _state != State.Failed && _store.Options.FullRetry < _housekeeping.Pause
        ? _store.Options.FullRetry
        : _housekeeping.Pause;

    /// <summary>Does one step: a batch if there is one, then some housekeeping, which therefore also runs when batches never end.</summary>
    /// <returns>Whether there was work; then there may be more.</returns>
    public bool Step()
    {
        var hasBatch = _slot.TryReceive(out var batch);
        if (hasBatch)
        {
            batch.Status = Store(batch);
            foreach (var standing in batch.Standings)
            {
                // The standing did not fit on the disk, so the segment owes it: it is written once there is space.
                _standings.Add(standing, batch.Status == JournalStatus.Stored ? _segment.Header.Segment : null);
                _owesStandings |= batch.Status != JournalStatus.Stored;
            }

            HasLost |= batch.Status != JournalStatus.Stored;
            _slot.Return();
            OutcomeReady?.Invoke();
        }

        var hasPaid = !hasBatch && TryPayStandings();
        return (_state != State.Failed && _housekeeping.Step(_segment.Length, keepsNewest: _owesStandings)) || hasBatch || hasPaid;
    }

    /// <summary>
    /// Ends the journal. Makes its contents durable if the disk still can, and marks the end as clean if everything is stored.
    /// </summary>
    /// <returns>The reason, in words, why the end is not clean; null when it is.</returns>
    internal string? End(bool isWhole)
    {
        if (_state != State.Failed)
        {
            var paid = _owesStandings ? Prepare(0) : DiskResult.Done;
            var result = _segment.Sync();
            result = result.IsOk && !(paid.Status == DiskStatus.Full && _state == State.Full) ? paid : result;
            if (result.IsOk && isWhole && _state == State.Working)
            {
                result = AppendMark(_segment, RecordKind.CleanEnd, ++_batch, _store.Time);
            }

            if (!result.IsOk)
            {
                StatusOf(result);
                isWhole = false;
            }
        }

        _segment.Dispose();
        _housekeeping.Dispose();
        return _state switch
        {
            State.Failed => $"the journal has failed ({_trouble})",
            State.Full => $"the disk is full ({_trouble})",
            _ => isWhole ? null : "the disk was full or too slow for a time",
        };
    }

    /// <summary>Appends a batch with one record that marks a start or a clean end, and syncs it.</summary>
    internal static DiskResult AppendMark(SegmentWriter segment, RecordKind kind, long batch, TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[BatchHeader.Bytes + RecordFrame.HeaderBytes + 1 + sizeof(long)];
        new BatchHeader(batch, segment.SyncedUpTo).Write(bytes, segment.Frame);
        var record = bytes[BatchHeader.Bytes..];
        record[RecordFrame.HeaderBytes] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(record[(RecordFrame.HeaderBytes + 1)..], time.GetUtcNow().ToUnixTimeMilliseconds());
        segment.Frame.Complete(record);
        var result = segment.Append(bytes);
        return result.IsOk ? segment.Sync() : result;
    }

    private JournalStatus Store(JournalBatch batch)
    {
        if (_state == State.Failed)
        {
            return JournalStatus.Failed;
        }

        if (_state == State.Full && _store.Time.GetElapsedTime(_fullSince) < _store.Options.FullRetry)
        {
            return JournalStatus.Full;
        }

        return StatusOf(Write(batch));
    }

    private DiskResult Write(JournalBatch batch)
    {
        var result = Prepare(batch.Bytes.Length);
        result = result.IsOk ? _segment.Append(batch, ++_batch) : result;
        return result.IsOk && _store.Options.Durability == Durability.Fsync ? Sync(batch) : result;
    }

    private DiskResult Sync(JournalBatch batch)
    {
        var began = _store.Time.GetTimestamp();
        var result = _segment.Sync();
        batch.SyncUs = (long)_store.Time.GetElapsedTime(began).TotalMicroseconds;
        return result;
    }

    // Begins a new segment if it is time, and writes the owed standings. After success, this many bytes can be written.
    private DiskResult Prepare(int bytes)
    {
        if (MustRotate(bytes))
        {
            var rotated = Rotate();
            if (rotated.Status == DiskStatus.NotOpened && _segment.Header.IsOfOlderVersion)
            {
                // Nor may the old segment be appended to. Retry later, as on a full disk.
                return new(DiskStatus.Full, rotated.Message);
            }

            if (rotated.Status == DiskStatus.NotOpened)
            {
                // Nothing was written: the open segment grows beyond its limit, and a new one is tried later.
                _isRotating = false;
                _notOpenedAt = _store.Time.GetTimestamp();
                _store.Observer.HousekeepingFailed(
                    _store.Disk.PathOf(JournalNames.Segment(_segment.Header.Segment + 1)),
                    $"a new segment cannot be opened, so the old one stays in use: {rotated.Message}");
            }
            else if (!rotated.IsOk)
            {
                return rotated;
            }
        }

        return PayStandings();
    }

    private bool MustRotate(int bytes) => _isRotating || (_segment.Length - _standingBytes > SegmentHeader.Bytes && !IsWaitingToOpen
        && (_segment.Length - _standingBytes + bytes > _store.Options.SegmentBytes
            || _store.AgeOf(_segment.Header.BegunUnixMs) > _store.Options.SegmentAge));

    private bool IsWaitingToOpen => _notOpenedAt is { } since && _store.Time.GetElapsedTime(since) < Housekeeping.Retry;

    // The old segment is synced before the new one exists, at every durability, because only the newest segment may have a torn end.
    // Nothing more is written to the old one meanwhile, because the name of the new one may be on the disk already.
    private DiskResult Rotate()
    {
        _isRotating = true;
        var result = _segment.Sync();
        if (!result.IsOk)
        {
            return result;
        }

        var header = new SegmentHeader(_segment.Header.Segment + 1, _batch + 1, _store.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            _segment.Length);
        result = SegmentWriter.Create(_store.Disk, header, out var next);
        if (!result.IsOk)
        {
            return result;
        }

        _housekeeping.Sealed(_segment.Header.Segment, _segment.Length);
        _segment.Dispose();
        _segment = next!;
        _isRotating = false;
        _notOpenedAt = null;
        _owesStandings = _standings.Count > 0;
        _standingBytes = 0;
        return result;
    }

    // When no batch comes, retries as often as with batches.
    private bool TryPayStandings()
    {
        var isWaiting = _state == State.Full && _store.Time.GetElapsedTime(_fullSince) < _store.Options.FullRetry;
        if (!_owesStandings || _state == State.Failed || isWaiting)
        {
            return false;
        }

        var result = Prepare(0);
        if (result.Status == DiskStatus.Full && _state == State.Full)
        {
            // The observer got this when the disk became full.
            _fullSince = _store.Time.GetTimestamp();
            return false;
        }

        return StatusOf(result) == JournalStatus.Stored;
    }

    // Standings do not count towards the segment's limit. Otherwise a segment that they fill would be followed by the next at once.
    private DiskResult PayStandings()
    {
        if (!_owesStandings)
        {
            return DiskResult.Done;
        }

        var before = _segment.Length;
        var result = _standings.WriteTo(_segment, _store.Options.BatchBytes, ref _batch);
        _owesStandings = !result.IsOk;
        _standingBytes += _segment.Length - before;
        return result;
    }

    private JournalStatus StatusOf(DiskResult result)
    {
        switch (result.Status)
        {
            case DiskStatus.Ok:
                if (_state == State.Full)
                {
                    _store.Observer.Resumed(PathOfSegment());
                }

                _state = State.Working;
                return JournalStatus.Stored;
            case DiskStatus.Full:
                _store.Observer.Full(PathOfSegment(), result.Message);
                _trouble = result.Message;
                _state = State.Full;
                _fullSince = _store.Time.GetTimestamp();
                return JournalStatus.Full;
            default:
                _state = State.Failed;
                _trouble = result.Message;
                _store.Observer.Failed(PathOfSegment(), result.Message);
                return JournalStatus.Failed;
        }
    }

    private string PathOfSegment() => _store.Disk.PathOf(JournalNames.Segment(_segment.Header.Segment));
}
