using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MuxChat.Storage.Format;

/// <summary>
/// The frame of a record in a segment: payload length (4 bytes), CRC-32C (4), and the payload, which begins with its kind.
/// </summary>
/// <remarks>
/// The checksum covers the segment's number, the length and the payload. Therefore neither zeros nor a record of
/// another segment pass for a record. All numbers are little-endian.
/// </remarks>
internal readonly struct RecordFrame
{
    /// <summary>Size of the frame before the payload, in bytes.</summary>
    public const int HeaderBytes = 8;

    /// <summary>The most bytes of a payload: 256 KiB.</summary>
    public const int MaxPayloadBytes = 256 * 1024;

    private readonly uint _seed;

    /// <summary>Creates the frame for the records of one segment.</summary>
    public RecordFrame(long segment) => _seed = BitOperations.Crc32C(uint.MaxValue, (ulong)segment);

    /// <summary>Writes the length alone, for a record whose checksum is not computed yet.</summary>
    public static void WriteLength(Span<byte> record, int payloadBytes) => BinaryPrimitives.WriteInt32LittleEndian(record, payloadBytes);

    /// <summary>Writes length and checksum before a payload.</summary>
    /// <param name="record">Eight bytes for the frame, then the payload.</param>
    public void Complete(Span<byte> record)
    {
        var payload = record[HeaderBytes..];
        WriteLength(record, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], SumOf(payload));
    }

    /// <summary>Whether length and checksum match the payload.</summary>
    public bool IsWhole(ReadOnlySpan<byte> record) =>
        LengthOf(record) == record.Length - HeaderBytes
        && BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) == SumOf(record[HeaderBytes..]);

    /// <summary>Returns the stored payload length, which is invalid below 1 or above <see cref="MaxPayloadBytes"/>.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header);

    /// <summary>Computes the CRC-32C of bytes, continuing from <paramref name="sum"/>.</summary>
    public static uint Crc32C(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            sum = BitOperations.Crc32C(sum, BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight));
        }

        foreach (var one in bytes[(bytes.Length & ~7)..])
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint SumOf(ReadOnlySpan<byte> payload) => ~Crc32C(BitOperations.Crc32C(_seed, (uint)payload.Length), payload);
}
