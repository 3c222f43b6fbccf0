namespace MuxChat.Core.Buffers;

/// <summary>
/// A pinned block of <see cref="SizeBytes"/> bytes that many outboxes share. An event is
/// encoded into it once, and each member holds a slice.
/// </summary>
/// <remarks>
/// Invariant: the segment returns to its pool when its last reference is released, and never before. Bytes before
/// the end of a committed slice do not change while any reference is held. The count is not synchronised: one
/// thread (or one lock) owns pool, segments and outboxes together.
/// </remarks>
public sealed class Segment
{
    /// <summary>Size of every segment in bytes: 64 KiB, so that an encoded event (at most 64 KiB) always fits in one.</summary>
    public const int SizeBytes = 64 * 1024;

    private int _references;

    internal Segment(SegmentPool pool)
    {
        Pool = pool;
        Bytes = GC.AllocateUninitializedArray<byte>(SizeBytes, pinned: true);
    }

    /// <summary>The bytes. They are pinned, so that a system call can take their address at no cost.</summary>
    public byte[] Bytes { get; }

    /// <summary>The number of slices and writers that hold this segment.</summary>
    public int References => _references;

    /// <summary>The pool that gets the segment back.</summary>
    internal SegmentPool Pool { get; }

    /// <summary>Adds a reference.</summary>
    public void Retain() => _references++;

    /// <summary>Releases a reference. The last release returns the segment to its pool.</summary>
    /// <exception cref="InvalidOperationException">The caller has released more references than it took (a bug).</exception>
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

/// <summary>A run of bytes in a segment. A slice holds no reference: the caller that stores a slice retains its segment.</summary>
/// <param name="Segment">The segment that holds the bytes.</param>
/// <param name="Start">Offset of the first byte in the segment, in bytes.</param>
/// <param name="Length">Length in bytes.</param>
public readonly record struct Slice(Segment Segment, int Start, int Length)
{
    /// <summary>The slice's bytes, uncopied.</summary>
    public ReadOnlySpan<byte> Span => Segment.Bytes.AsSpan(Start, Length);

    /// <summary>Whether <paramref name="next"/> begins where this slice ends, in the same segment.</summary>
    public bool IsContinuedBy(in Slice next) => ReferenceEquals(Segment, next.Segment) && Start + Length == next.Start;
}
