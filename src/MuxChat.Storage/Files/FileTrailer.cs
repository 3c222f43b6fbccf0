using System.Buffers.Binary;
using System.Text;
using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Files;

/// <summary>The end of a sealed file, after its content: its record, and a foot of fixed size.</summary>
/// <remarks>
/// The foot has the record's length (4 bytes), the version (4), the CRC-32C of the record and of those two (4), and the mark (8).
/// All numbers are little-endian. The content itself is under the record's SHA-256.
/// </remarks>
internal static class FileTrailer
{
    /// <summary>The most bytes of a trailer: 4 KiB. The chat's limits on names keep it shorter.</summary>
    public const int MaxBytes = 4096;

    /// <summary>The version that this server writes and reads.</summary>
    public const int Version = 1;

    private const int IdBytes = 16;
    private const int NumberAt = IdBytes;
    private const int SizeAt = NumberAt + 8;
    private const int TimeAt = SizeAt + 8;
    private const int Sha256At = TimeAt + 8;
    private const int Sha256Bytes = 32;
    private const int ClosedAt = Sha256At + Sha256Bytes;
    private const int LengthsAt = ClosedAt + 1;
    private const int Texts = 4;
    private const int TextsAt = LengthsAt + (Texts * sizeof(ushort));

    private const int VersionAt = 4;
    private const int SumAt = 8;
    private const int MarkAt = 12;
    private const int FootBytes = 20;

    private static ReadOnlySpan<byte> Mark => "MUXFILE\n"u8;

    /// <summary>Returns the length of a record's trailer, in bytes.</summary>
    public static int LengthOf(SharedFile record) => TextsAt + record.Name.Length + record.Room.Length + record.From.Length
        + Encoding.UTF8.GetByteCount(record.ImageType) + FootBytes;

    /// <summary>Returns the trailer of a record, which has its SHA-256.</summary>
    public static byte[] Write(SharedFile record)
    {
        var trailer = new byte[LengthOf(record)];
        BinaryPrimitives.WriteUInt128LittleEndian(trailer, record.Id.Value);
        BinaryPrimitives.WriteInt64LittleEndian(trailer.AsSpan(NumberAt), record.Number);
        BinaryPrimitives.WriteInt64LittleEndian(trailer.AsSpan(SizeAt), record.SizeBytes);
        BinaryPrimitives.WriteInt64LittleEndian(trailer.AsSpan(TimeAt), record.UnixMs);
        record.Sha256.AsSpan(0, Sha256Bytes).CopyTo(trailer.AsSpan(Sha256At));
        trailer[ClosedAt] = record.IsClosed ? (byte)1 : (byte)0;
        byte[][] texts = [record.Name, record.Room, record.From, Encoding.UTF8.GetBytes(record.ImageType)];
        var at = TextsAt;
        for (var i = 0; i < Texts; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(trailer.AsSpan(LengthsAt + (i * sizeof(ushort))), (ushort)texts[i].Length);
            texts[i].CopyTo(trailer, at);
            at += texts[i].Length;
        }

        var foot = trailer.AsSpan(at);
        BinaryPrimitives.WriteInt32LittleEndian(foot, at);
        BinaryPrimitives.WriteInt32LittleEndian(foot[VersionAt..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(foot[SumAt..], SumOf(trailer.AsSpan(0, at + SumAt)));
        Mark.CopyTo(foot[MarkAt..]);
        return trailer;
    }

    /// <summary>Reads the record at the end of a file.</summary>
    /// <param name="end">The last bytes of the file: <see cref="MaxBytes"/>, or all of a shorter file.</param>
    /// <param name="fileBytes">The length of the file.</param>
    /// <param name="id">The id in the file's name.</param>
    /// <param name="record">The record.</param>
    public static TrailerStatus Read(ReadOnlySpan<byte> end, long fileBytes, FileId id, out SharedFile? record)
    {
        record = null;
        if (end.Length < FootBytes || !end.EndsWith(Mark))
        {
            return TrailerStatus.Damaged;
        }

        var foot = end[^FootBytes..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(foot);
        if (length < 0 || length > end.Length - FootBytes)
        {
            return TrailerStatus.Damaged;
        }

        var trailer = end[^(FootBytes + length)..];
        if (SumOf(trailer[..(length + SumAt)]) != BinaryPrimitives.ReadUInt32LittleEndian(foot[SumAt..]))
        {
            return TrailerStatus.Damaged;
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(foot[VersionAt..]) != Version)
        {
            return TrailerStatus.OtherVersion;
        }

        record = ReadRecord(trailer[..length]);
        return record is not null && record.Id == id && record.SizeBytes == fileBytes - trailer.Length
            ? TrailerStatus.Whole : TrailerStatus.Damaged;
    }

    private static SharedFile? ReadRecord(ReadOnlySpan<byte> record)
    {
        if (record.Length < TextsAt)
        {
            return null;
        }

        var texts = new byte[Texts][];
        var rest = record[TextsAt..];
        for (var i = 0; i < Texts; i++)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(record[(LengthsAt + (i * sizeof(ushort)))..]);
            if (length > rest.Length)
            {
                return null;
            }

            texts[i] = rest[..length].ToArray();
            rest = rest[length..];
        }

        return !rest.IsEmpty ? null : new SharedFile
        {
            Id = new FileId(BinaryPrimitives.ReadUInt128LittleEndian(record)),
            Number = BinaryPrimitives.ReadInt64LittleEndian(record[NumberAt..]),
            SizeBytes = BinaryPrimitives.ReadInt64LittleEndian(record[SizeAt..]),
            UnixMs = BinaryPrimitives.ReadInt64LittleEndian(record[TimeAt..]),
            Sha256 = record.Slice(Sha256At, Sha256Bytes).ToArray(),
            IsClosed = record[ClosedAt] != 0,
            Name = texts[0],
            Room = texts[1],
            From = texts[2],
            ImageType = Encoding.UTF8.GetString(texts[3]),
        };
    }

    private static uint SumOf(ReadOnlySpan<byte> bytes) => ~RecordFrame.Crc32C(uint.MaxValue, bytes);
}

/// <summary>The state of a file, judged by its end.</summary>
internal enum TrailerStatus
{
    /// <summary>The trailer is whole, and fits the file.</summary>
    Whole,

    /// <summary>The trailer is missing or damaged, or belongs to another file.</summary>
    Damaged,

    /// <summary>The trailer is whole, but another version of the server wrote it.</summary>
    OtherVersion,
}
