namespace MuxChat.Core.Buffers;

/// <summary>
/// A pinned block of <see cref="SizeBytes"/> bytes that many outboxes share: an event is encoded into it once,
/// and each member holds a slice.
/// </summary>
/// <remarks>
/// Invariant: it goes back to its pool when the last reference is released, and never before; bytes below a committed slice's end do
/// not change while anyone holds a reference. References are counted without synchronisation: one thread (or one lock) owns pool,
/// segments and outboxes together.
/// </remarks>
public sealed class Segment
{
    /// <summary>Size of every segment in bytes: 64 KiB, so that an encoded event (at most 64 KiB) always fits one.</summary>
    public const int SizeBytes = 64 * 1024;

    private int _references;

    internal Segment(SegmentPool pool)
    {
        Pool = pool;
        Bytes = GC.AllocateUninitializedArray<byte>(SizeBytes, pinned: true);
    }

    /// <summary>The bytes; pinned, so that a system call may take their address at no cost.</summary>
    public byte[] Bytes { get; }

    /// <summary>How many slices and writers hold this segment.</summary>
    public int References => _references;

    /// <summary>Where it goes back to.</summary>
    internal SegmentPool Pool { get; }

    /// <summary>Takes one more reference.</summary>
    public void Retain() => _references++;

    /// <summary>Gives one reference back; the last one returns the segment to its pool.</summary>
    /// <exception cref="InvalidOperationException">More references were released than taken (a bug of the caller).</exception>
    public void Release()
    {
        if (_references <= 0)
        {
            throw new InvalidOperationException("A segment was released more often than it was retained.");
        }

        if (--_references == 0)
        {
            Pool.Return(this);
        }
    }
}

/// <summary>A run of bytes in a segment. It holds no reference of its own: whoever stores one retains the segment.</summary>
/// <param name="Segment">The segment that holds the bytes.</param>
/// <param name="Start">Offset of the first byte in the segment, in bytes.</param>
/// <param name="Length">Length in bytes.</param>
public readonly record struct Slice(Segment Segment, int Start, int Length)
{
    /// <summary>The bytes themselves.</summary>
    public ReadOnlySpan<byte> Span => Segment.Bytes.AsSpan(Start, Length);

    /// <summary>Whether <paramref name="next"/> begins where this slice ends, in the same segment.</summary>
    public bool IsContinuedBy(in Slice next) => ReferenceEquals(Segment, next.Segment) && Start + Length == next.Start;
}
