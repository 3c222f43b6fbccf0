namespace MuxChat.Core.Buffers;

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
