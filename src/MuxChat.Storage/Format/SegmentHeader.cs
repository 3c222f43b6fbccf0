using System.Buffers.Binary;

namespace MuxChat.Storage.Format;

/// <summary>
/// The header of a segment: mark (8 bytes), version (4), segment number (8), first batch number (8), begin time (8). Then the length of the
/// previous segment (8), and CRC-32C of all this (4).
/// </summary>
/// <param name="Segment">The segment's number, as in its name: 1, 2, 3 ...</param>
/// <param name="FirstBatch">The lowest number that a batch in this segment can have.</param>
/// <param name="BegunUnixMs">When the segment was begun, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="PreviousBytes">The final length of the previous segment, in bytes; 0 for the first segment.
/// It reveals an older segment that lost bytes.</param>
internal readonly record struct SegmentHeader(long Segment, long FirstBatch, long BegunUnixMs, long PreviousBytes)
{
    /// <summary>Whether the header has an older version. The segment may then get only records that the older version knows.</summary>
    public bool IsOfOlderVersion { get; init; }

    /// <summary>Size of the header, in bytes.</summary>
    public const int Bytes = 48;

    /// <summary>The version that this server writes.</summary>
    public const int Version = 3;

    /// <summary>The oldest version that this server reads. It has no standings. Version 2 has no marks and tags of events.</summary>
    public const int OldestVersion = 1;

    private const int VersionAt = 8;
    private const int SegmentAt = 12;
    private const int FirstBatchAt = 20;
    private const int BegunAt = 28;
    private const int PreviousAt = 36;
    private const int SumAt = 44;

    private static ReadOnlySpan<byte> Mark => "MUXJRNL\n"u8;

    /// <summary>Writes the header into <see cref="Bytes"/> bytes.</summary>
    public void Write(Span<byte> to)
    {
        Mark.CopyTo(to);
        BinaryPrimitives.WriteInt32LittleEndian(to[VersionAt..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(to[SegmentAt..], Segment);
        BinaryPrimitives.WriteInt64LittleEndian(to[FirstBatchAt..], FirstBatch);
        BinaryPrimitives.WriteInt64LittleEndian(to[BegunAt..], BegunUnixMs);
        BinaryPrimitives.WriteInt64LittleEndian(to[PreviousAt..], PreviousBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(to[SumAt..], ~RecordFrame.Crc32C(uint.MaxValue, to[..SumAt]));
    }

    /// <summary>Whether the bytes have the mark and checksum of a header, whatever the other fields are.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> from) => from.Length >= Bytes && from.StartsWith(Mark)
        && BinaryPrimitives.ReadUInt32LittleEndian(from[SumAt..]) == ~RecordFrame.Crc32C(uint.MaxValue, from[..SumAt]);

    /// <summary>Reads the header of the segment named <paramref name="segment"/>.</summary>
    /// <returns>The problem, in words; null on success.</returns>
    public static string? Read(ReadOnlySpan<byte> from, long segment, out SegmentHeader header)
    {
        header = default;
        if (from.Length < Bytes)
        {
            return "the file is shorter than its header";
        }

        if (!IsWhole(from))
        {
            return "the header is damaged, or not a journal's";
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(from[VersionAt..]);
        if (version is < OldestVersion or > Version)
        {
            return $"the file has format version {version}, and this server reads versions {OldestVersion} to {Version}";
        }

        header = new(
            BinaryPrimitives.ReadInt64LittleEndian(from[SegmentAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[FirstBatchAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[BegunAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[PreviousAt..]))
        {
            IsOfOlderVersion = version < Version,
        };
        return header.Segment == segment ? null : $"the file's name says segment {segment}, its header says {header.Segment}";
    }
}
