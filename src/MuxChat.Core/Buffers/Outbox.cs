namespace MuxChat.Core.Buffers;

/// <summary>
/// The bytes queued for one client: slices of shared segments, in order. The outbox copies no
/// bytes, and merges a slice that continues the last one.
/// </summary>
/// <remarks>
/// Invariant: <see cref="QueuedBytes"/> is the sum of the slices' lengths, and each slice holds exactly one reference to
/// its segment. The first slice is a field, and memory for more is rented only while there are more. A client that keeps
/// up therefore costs nothing beyond this object. Owner: one connection. <c>SlowConsumerRule</c> limits the bytes and the
/// seconds; <see cref="Compact"/> limits the number of slices.
/// </remarks>
public sealed class Outbox
{
    /// <summary><see cref="Compact"/> checks the memory held only above this number of slices: 256.</summary>
    public const int ManySlices = 256;

    /// <summary><see cref="Compact"/> always copies above this number of slices: 4,096.</summary>
    public const int MaxSlices = 4096;

    /// <summary>
    /// Bytes of segments held for each byte queued, above which <see cref="Compact"/> copies: 8. Slices of a busy room are adjacent and
    /// share their segments with other members. In a quiet room each slice may hold a segment alone.
    /// </summary>
    public const int MaxHeldPerByte = 8;

    private Slice _first;
    private SliceQueue _rest;
    private int _lookAbove = ManySlices;

    /// <summary>Bytes waiting to be sent.</summary>
    public long QueuedBytes { get; private set; }

    /// <summary>The bytes that <see cref="Consume"/> has removed so far.</summary>
    public long SentBytes { get; private set; }

    /// <summary>Slices waiting to be sent.</summary>
    public int SliceCount => _first.Length == 0 ? 0 : 1 + _rest.Count;

    /// <summary>Queues a slice. Takes a reference to its segment, unless the slice merges with the last one.</summary>
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
    /// Returns the next bytes to send, or an empty span when nothing is queued. Usually these are the first slice, uncopied. If more slices
    /// follow and the first is shorter than <paramref name="scratch"/>, as many bytes as fit are gathered in <paramref name="scratch"/>.
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

    /// <summary>Removes <paramref name="bytes"/> sent bytes from the front.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than is queued.</exception>
    public void Consume(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, QueuedBytes);
        SentBytes += bytes;
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
    /// Moves all slices to <paramref name="into"/> with their references, which the caller releases. For a writer on another thread.
    /// </summary>
    public void TakeAll(List<Slice> into)
    {
        while (TryPeekFirst(out var slice))
        {
            into.Add(slice);
            DetachFirst();
        }
    }

    /// <summary>Returns the first slice, if any, without its reference.</summary>
    public bool TryPeekFirst(out Slice slice)
    {
        slice = _first;
        return _first.Length > 0;
    }

    /// <summary>Removes the first slice with its reference, which the caller releases. For a writer on another thread.</summary>
    public void DetachFirst()
    {
        QueuedBytes -= _first.Length;
        _first = _rest.Count > 0 ? _rest.Dequeue() : default;
    }

    /// <summary>Drops every slice and releases its segment.</summary>
    public void Clear()
    {
        while (_first.Length > 0)
        {
            DropFirst();
        }
    }

    /// <summary>
    /// Copies the queued bytes into as few private segments as hold them, if there are many
    /// slices and they hold much memory for their bytes.
    /// </summary>
    /// <remarks>Otherwise a slow client in a quiet room of a busy server keeps a whole segment alive for each of its lines.</remarks>
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
            // Checking all slices in each tick would cost more than it saves.
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

    /// <summary>Copies the slices without their references, for a caller that counts queued bytes.</summary>
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

    // Adjacent slices in one segment count once.
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
