namespace MuxChat.Core.Buffers;

/// <summary>
/// What one client is still to be sent: slices of shared segments, in order. It copies nothing; a slice that continues the last one is merged with it.
/// </summary>
/// <remarks>
/// Invariant: <see cref="QueuedBytes"/> is the sum of its slices' lengths, and each of its slices holds exactly one reference to its segment.
/// Owned by one connection. Its limits (bytes, seconds) are kept by <c>SlowConsumerRule</c>; the number of slices by <see cref="Compact"/>.
/// </remarks>
public sealed class Outbox
{
    /// <summary>More slices than this are copied together (<see cref="Compact"/>), so that small slices cannot hold many segments: 256.</summary>
    public const int MaxSlices = 256;

    private const int FirstCapacity = 4;

    // A sender's own lines cut the room's batch into pieces, so a busy client needs some dozens of slices each tick: what it has grown for that is kept.
    private const int KeptCapacity = 64;

    private Slice[] _ring = [];
    private int _head;
    private int _count;

    /// <summary>Bytes that wait to be sent.</summary>
    public long QueuedBytes { get; private set; }

    /// <summary>Slices that wait to be sent.</summary>
    public int SliceCount => _count;

    /// <summary>Queues a slice, taking a reference to its segment unless it merges with the last slice.</summary>
    public void Append(in Slice slice)
    {
        if (slice.Length == 0)
        {
            return;
        }

        QueuedBytes += slice.Length;
        if (_count > 0)
        {
            ref var last = ref _ring[(_head + _count - 1) & (_ring.Length - 1)];
            if (last.IsContinuedBy(slice))
            {
                last = new Slice(last.Segment, last.Start, last.Length + slice.Length);
                return;
            }
        }

        if (_count == _ring.Length)
        {
            Grow();
        }

        slice.Segment.Retain();
        _ring[(_head + _count) & (_ring.Length - 1)] = slice;
        _count++;
    }

    /// <summary>
    /// The next bytes to send: the first slice as it lies, or, when it is followed by others and shorter than <paramref name="scratch"/>,
    /// as many bytes as fit gathered in <paramref name="scratch"/>. Empty when nothing is queued.
    /// </summary>
    public ReadOnlySpan<byte> Peek(Span<byte> scratch)
    {
        if (_count == 0)
        {
            return [];
        }

        var first = _ring[_head].Span;
        if (_count == 1 || first.Length >= scratch.Length)
        {
            return first;
        }

        var filled = 0;
        for (var i = 0; i < _count && filled < scratch.Length; i++)
        {
            var bytes = _ring[(_head + i) & (_ring.Length - 1)].Span;
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
        QueuedBytes -= bytes;
        while (bytes > 0)
        {
            ref var first = ref _ring[_head];
            if (bytes < first.Length)
            {
                first = new Slice(first.Segment, first.Start + (int)bytes, first.Length - (int)bytes);
                return;
            }

            bytes -= first.Length;
            DropFirst();
        }

        ShrinkWhenEmpty();
    }

    /// <summary>Moves all slices to <paramref name="into"/>, with their references: the caller releases them. For a writer on another thread.</summary>
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
        slice = _count == 0 ? default : _ring[_head];
        return _count > 0;
    }

    /// <summary>Gives the first slice away, with its reference: the caller releases it. For a writer on another thread.</summary>
    public void DetachFirst()
    {
        QueuedBytes -= _ring[_head].Length;
        _ring[_head] = default;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        ShrinkWhenEmpty();
    }

    /// <summary>Drops everything and releases the segments.</summary>
    public void Clear()
    {
        while (_count > 0)
        {
            DropFirst();
        }

        QueuedBytes = 0;
        ShrinkWhenEmpty();
    }

    /// <summary>
    /// When there are more than <see cref="MaxSlices"/> slices, copies their bytes into as few segments of this outbox's own as will hold them.
    /// A slow client in a quiet corner of a busy server would otherwise keep a whole segment alive for each line of its own.
    /// </summary>
    public void Compact(SegmentPool pool)
    {
        if (_count <= MaxSlices)
        {
            return;
        }

        var old = new List<Slice>(_count);
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

    private void DropFirst()
    {
        ref var first = ref _ring[_head];
        first.Segment.Release();
        first = default;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
    }

    private void Grow()
    {
        var larger = new Slice[Math.Max(FirstCapacity, _ring.Length * 2)];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        }

        _ring = larger;
        _head = 0;
    }

    private void ShrinkWhenEmpty()
    {
        if (_count == 0 && _ring.Length > KeptCapacity)
        {
            _ring = [];
            _head = 0;
        }
    }
}
