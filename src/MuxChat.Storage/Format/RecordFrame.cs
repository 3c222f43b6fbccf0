using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MuxChat.Storage.Format;

/// <summary>
/// How a record stands in a segment: the length of its payload (4 bytes), CRC-32C (4 bytes), the payload, which begins with its kind.
/// The sum covers the segment's number, the length and the payload, so that neither zeros nor a record of another segment pass for one.
/// All numbers are little-endian.
/// </summary>
internal readonly struct RecordFrame
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 8;

    /// <summary>The longest payload in bytes.</summary>
    public const int MaxPayloadBytes = 256 * 1024;

    private readonly uint _seed;

    /// <summary>Frames the records of one segment.</summary>
    public RecordFrame(long segment) => _seed = BitOperations.Crc32C(uint.MaxValue, (ulong)segment);

    /// <summary>Writes the length alone, for a record whose sum is not known yet.</summary>
    public static void WriteLength(Span<byte> record, int payloadBytes) => BinaryPrimitives.WriteInt32LittleEndian(record, payloadBytes);

    /// <summary>Writes length and sum before a payload.</summary>
    /// <param name="record">Eight bytes, then the payload.</param>
    public void Complete(Span<byte> record)
    {
        var payload = record[HeaderBytes..];
        WriteLength(record, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], SumOf(payload));
    }

    /// <summary>Whether length and sum fit the payload.</summary>
    public bool IsWhole(ReadOnlySpan<byte> record) =>
        LengthOf(record) == record.Length - HeaderBytes && BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) == SumOf(record[HeaderBytes..]);

    /// <summary>The length of the payload as it stands there; a number below 1 or above <see cref="MaxPayloadBytes"/> is none.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header);

    /// <summary>CRC-32C of bytes, going on from <paramref name="sum"/>.</summary>
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
