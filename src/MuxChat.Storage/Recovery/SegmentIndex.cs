using System.Buffers.Binary;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Recovery;

/// <summary>The rooms in a segment and their events, so that a start finds the rooms' tails without decoding every event.</summary>
/// <remarks>
/// The index is a file next to the segment, and can be rebuilt from it at any time. It is valid only if its
/// checksum matches and it describes the segment that exists.
/// </remarks>
/// <param name="Segment">The segment's number.</param>
/// <param name="SegmentBytes">The segment's length in bytes.</param>
/// <param name="Events">The number of events in the segment.</param>
/// <param name="NewestUnixMs">The time of the newest event, in milliseconds since 1970-01-01 UTC; 0 without events.</param>
/// <param name="TailEvents">The most events of one room's tail.</param>
/// <param name="Rooms">The rooms with events in the segment.</param>
internal sealed record SegmentIndex(long Segment, long SegmentBytes, long Events, long NewestUnixMs, int TailEvents,
    IReadOnlyList<IndexedRoom> Rooms)
{
    /// <summary>The most bytes of an index: 256 MiB.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    private const int Version = 1;
    private const int FixedBytes = 52;
    private const int RoomBytes = 17;
    private const int SumBytes = 4;

    private static ReadOnlySpan<byte> Mark => "MUXINDX\n"u8;

    /// <summary>
    /// Returns the file's bytes: mark (8), version (4), segment, length, events and newest time (8 each), tail events (4). Then the
    /// number of rooms (4), the rooms, and CRC-32C (4).
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

    /// <summary>Reads the file. Returns false when it is damaged, has another version, or is no index.</summary>
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
            rooms.Add(new(name.ToArray(), BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + 8)..])));
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
/// <param name="Name">The room's name in its first spelling.</param>
/// <param name="Events">The number of its events in the segment.</param>
/// <param name="TailAt">Offset of the oldest event in its tail: the tail has all events, or as
/// many as the index remembers for each room.</param>
internal sealed record IndexedRoom(byte[] Name, long Events, long TailAt);
