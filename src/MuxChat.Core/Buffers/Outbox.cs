namespace MuxChat.Core.Buffers;

/// <summary>
/// What one client is still to be sent: slices of shared segments, in order. It copies nothing; a slice that continues
/// the last one is merged with it.
/// </summary>
/// <remarks>
/// Invariant: <see cref="QueuedBytes"/> is the sum of its slices' lengths, and each of its slices holds exactly one reference to its
/// segment. One slice is held in place; memory for more is rented only while there are more, so that a client that keeps up costs
/// nothing beyond this object. Owned by one connection. Its limits (bytes, seconds) are kept by <c>SlowConsumerRule</c>; the number of
/// slices by <see cref="Compact"/>.
/// </remarks>
public sealed class Outbox
{
    /// <summary>More slices than this are looked at by <see cref="Compact"/>: 256.</summary>
    public const int ManySlices = 256;

    /// <summary>More slices than this are always copied together: 4,096.</summary>
    public const int MaxSlices = 4096;

    /// <summary>
    /// So many bytes of segments may be held for each byte queued: 8. Slices of a busy room lie close together and share their segments
    /// with the other members; those of a quiet corner may lie in a segment each.
    /// </summary>
    public const int MaxHeldPerByte = 8;

    private Slice _first;
    private SliceQueue _rest;
    private int _lookAbove = ManySlices;

    /// <summary>Bytes that wait to be sent.</summary>
    public long QueuedBytes { get; private set; }

    /// <summary>Slices that wait to be sent.</summary>
    public int SliceCount => _first.Length == 0 ? 0 : 1 + _rest.Count;

    /// <summary>Queues a slice, taking a reference to its segment unless it merges with the last slice.</summary>
    public void Append(in Slice slice)
    {
        if (slice.Length == 0)
        {
            return;
        }

        QueuedBytes += slice.Length;
        if (_first.Length == 0)
        {
            slice.Segment.Retain();
            _first = slice;
            return;
        }

        ref var last = ref _rest.Count == 0 ? ref _first : ref _rest[_rest.Count - 1];
        if (last.IsContinuedBy(slice))
        {
            last = new Slice(last.Segment, last.Start, last.Length + slice.Length);
            return;
        }

        slice.Segment.Retain();
        _rest.Enqueue(slice);
    }

    /// <summary>
    /// The next bytes to send: the first slice as it lies, or, when it is followed by others and shorter than <paramref name="scratch"/>,
    /// as many bytes as fit gathered in <paramref name="scratch"/>. Empty when nothing is queued.
    /// </summary>
    public ReadOnlySpan<byte> Peek(Span<byte> scratch)
    {
        if (_rest.Count == 0 || _first.Length >= scratch.Length)
        {
            return _first.Length == 0 ? [] : _first.Span;
        }

        _first.Span.CopyTo(scratch);
        var filled = _first.Length;
        for (var i = 0; i < _rest.Count && filled < scratch.Length; i++)
        {
            var bytes = _rest[i].Span;
            var taken = Math.Min(bytes.Length, scratch.Length - filled);
            bytes[..taken].CopyTo(scratch[filled..]);
            filled += taken;
        }

        return scratch[..filled];
    }

    /// <summary>Takes <paramref name="bytes"/> bytes off the front, because they were sent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than is queued.</exception>
    public void Consume(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, QueuedBytes);
        while (bytes > 0)
        {
            if (bytes < _first.Length)
            {
                _first = new Slice(_first.Segment, _first.Start + (int)bytes, _first.Length - (int)bytes);
                QueuedBytes -= bytes;
                return;
            }

            bytes -= _first.Length;
            DropFirst();
        }
    }

    /// <summary>
    /// Moves all slices to <paramref name="into"/>, with their references: the caller releases them. For a writer on another thread.
    /// </summary>
    public void TakeAll(List<Slice> into)
    {
        while (TryPeekFirst(out var slice))
        {
            into.Add(slice);
            DetachFirst();
        }
    }

    /// <summary>The first slice, if there is one. It still belongs to the outbox.</summary>
    public bool TryPeekFirst(out Slice slice)
    {
        slice = _first;
        return _first.Length > 0;
    }

    /// <summary>Gives the first slice away, with its reference: the caller releases it. For a writer on another thread.</summary>
    public void DetachFirst()
    {
        QueuedBytes -= _first.Length;
        _first = _rest.Count > 0 ? _rest.Dequeue() : default;
    }

    /// <summary>Drops everything and releases the segments.</summary>
    public void Clear()
    {
        while (_first.Length > 0)
        {
            DropFirst();
        }
    }

    /// <summary>
    /// When there are many slices and they hold much memory for their bytes, copies those into as few segments of this outbox's own as will
    /// hold them. A slow client in a quiet corner of a busy server would otherwise keep a whole segment alive for each line of its own.
    /// </summary>
    public void Compact(SegmentPool pool)
    {
        if (SliceCount <= ManySlices)
        {
            _lookAbove = ManySlices;
            return;
        }

        if (SliceCount <= _lookAbove)
        {
            return;
        }

        if (SliceCount <= MaxSlices && HeldBytes() <= MaxHeldPerByte * QueuedBytes)
        {
            // To look at them all in each tick would cost more than it saves.
            _lookAbove = Math.Min(MaxSlices, SliceCount * 2);
            return;
        }

        var old = new List<Slice>(SliceCount);
        TakeAll(old);
        var target = pool.Rent();
        var used = 0;
        foreach (var slice in old)
        {
            var bytes = slice.Span;
            while (bytes.Length > 0)
            {
                if (used == Segment.SizeBytes)
                {
                    target.Release();
                    target = pool.Rent();
                    used = 0;
                }

                var taken = Math.Min(bytes.Length, Segment.SizeBytes - used);
                bytes[..taken].CopyTo(target.Bytes.AsSpan(used));
                Append(new Slice(target, used, taken));
                used += taken;
                bytes = bytes[taken..];
            }

            slice.Segment.Release();
        }

        target.Release();
    }

    /// <summary>Copies the slices as they stand, without references, for whoever counts what is queued.</summary>
    public void CopyTo(List<Slice> into)
    {
        if (_first.Length > 0)
        {
            into.Add(_first);
        }

        for (var i = 0; i < _rest.Count; i++)
        {
            into.Add(_rest[i]);
        }
    }

    // Neighbours in one segment count once.
    private long HeldBytes()
    {
        var segments = 1;
        var last = _first.Segment;
        for (var i = 0; i < _rest.Count; i++)
        {
            segments += ReferenceEquals(_rest[i].Segment, last) ? 0 : 1;
            last = _rest[i].Segment;
        }

        return (long)segments * Segment.SizeBytes;
    }

    private void DropFirst()
    {
        _first.Segment.Release();
        DetachFirst();
    }
}
