using System.Buffers.Binary;

namespace MuxChat.Storage.Format;

/// <summary>
/// How a segment begins: a mark (8), the version (4), its number (8), its first batch's number (8), when it was begun (8), how long the
/// segment before it is (8), CRC-32C of all that (4).
/// </summary>
/// <param name="Segment">The segment's number, the same as in its name: 1, 2, 3 ...</param>
/// <param name="FirstBatch">The lowest number that a batch in it can have.</param>
/// <param name="BegunUnixMs">When it was begun, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="PreviousBytes">The length of the segment before it, which does not grow any more; 0 for the first. So an old segment that
/// is too short is noticed.</param>
internal readonly record struct SegmentHeader(long Segment, long FirstBatch, long BegunUnixMs, long PreviousBytes)
{
    /// <summary>
    /// Whether it was read from a segment of an older version, to which nothing new may be appended but what that version knew.
    /// </summary>
    public bool IsOfOlderVersion { get; init; }

    /// <summary>Bytes of the header.</summary>
    public const int Bytes = 48;

    /// <summary>The version of the format that is written.</summary>
    public const int Version = 2;

    /// <summary>The oldest version that is read: it knows no standings.</summary>
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

    /// <summary>Whether these bytes were written as a header, whatever it says.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> from) => from.Length >= Bytes && from.StartsWith(Mark)
        && BinaryPrimitives.ReadUInt32LittleEndian(from[SumAt..]) == ~RecordFrame.Crc32C(uint.MaxValue, from[..SumAt]);

    /// <summary>Reads the header of the segment that is named with <paramref name="segment"/>.</summary>
    /// <returns>What is wrong with it, in words; null when nothing is.</returns>
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
