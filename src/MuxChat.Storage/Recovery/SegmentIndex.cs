using System.Buffers.Binary;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Recovery;

/// <summary>
/// What is in a segment, room by room, so that a start finds the tails of rooms without decoding every event. It lies beside the segment,
/// can be made from it at any time, and is believed only when its checksum is right and it speaks of the segment that is there.
/// </summary>
/// <param name="Segment">The segment's number.</param>
/// <param name="SegmentBytes">The segment's length.</param>
/// <param name="Events">All events in it.</param>
/// <param name="NewestUnixMs">When the newest of them happened; 0 without any.</param>
/// <param name="TailEvents">How many events of each room a tail has at the most.</param>
/// <param name="Rooms">The rooms that have events in it.</param>
internal sealed record SegmentIndex(long Segment, long SegmentBytes, long Events, long NewestUnixMs, int TailEvents, IReadOnlyList<IndexedRoom> Rooms)
{
    /// <summary>No index is longer than this: 256 MiB.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    private const int Version = 1;
    private const int FixedBytes = 52;
    private const int RoomBytes = 17;
    private const int SumBytes = 4;

    private static ReadOnlySpan<byte> Mark => "MUXINDX\n"u8;

    /// <summary>
    /// The index as a file: mark (8), version (4), then the five numbers (8 each but the last, 4), the number of
    /// rooms (4), the rooms, CRC-32C (4).
    /// </summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[FixedBytes + Rooms.Sum(room => RoomBytes + room.Name.Length) + SumBytes];
        Mark.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), Segment);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(20), SegmentBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(28), Events);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(36), NewestUnixMs);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(44), TailEvents);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(48), Rooms.Count);
        var at = FixedBytes;
        foreach (var room in Rooms)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), room.Events);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 8), room.TailAt);
            bytes[at + 16] = (byte)room.Name.Length;
            room.Name.CopyTo(bytes, at + RoomBytes);
            at += RoomBytes + room.Name.Length;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), ~RecordFrame.Crc32C(uint.MaxValue, bytes.AsSpan(0, at)));
        return bytes;
    }

    /// <summary>Reads the file. False when it is damaged, of another version or no index.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SegmentIndex index)
    {
        index = null!;
        var end = bytes.Length - SumBytes;
        if (end < FixedBytes || !bytes.StartsWith(Mark) || BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) != Version
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[end..]) != ~RecordFrame.Crc32C(uint.MaxValue, bytes[..end]))
        {
            return false;
        }

        var rooms = new List<IndexedRoom>();
        var at = FixedBytes;
        while (at + RoomBytes <= end && at + RoomBytes + bytes[at + 16] <= end)
        {
            var name = bytes.Slice(at + RoomBytes, bytes[at + 16]);
            rooms.Add(new(name.ToArray(), BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + 8)..])));
            at += RoomBytes + name.Length;
        }

        index = new(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[28..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[36..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[44..]),
            rooms);
        return at == end && rooms.Count == BinaryPrimitives.ReadInt32LittleEndian(bytes[48..]);
    }
}

/// <summary>A room in the index of a segment.</summary>
/// <param name="Name">Its name as it was spelled first.</param>
/// <param name="Events">How many of its events are in the segment.</param>
/// <param name="TailAt">Where the last of them begin: as many as the index remembers for each room, or all.</param>
internal sealed record IndexedRoom(byte[] Name, long Events, long TailAt);
