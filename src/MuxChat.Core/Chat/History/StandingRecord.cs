using System.Buffers.Binary;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.History;

/// <summary>The byte form of a room's standing. The journal stores standings in this form, which does not change.</summary>
/// <remarks>
/// All numbers are little-endian. Fixed part, first: whether the room was forgotten (1 byte), when it was made (8), its limit (4), when the
/// topic was set (8). Next come the lengths of the room's name (1), mode letters (1), key (1; 0 for none), topic setter's nick (1) and
/// topic (4). The numbers of bans (1), exceptions (1) and welcome masks (1) end the fixed part. The room's name, mode letters, key, nick
/// and topic follow, then the masks. Each mask has the time when it was set (8), the lengths of mask (1) and nick (1), then mask and nick.
/// </remarks>
public static class StandingRecord
{
    private const int CreatedAt = 1;
    private const int LimitAt = 9;
    private const int TopicTimeAt = 13;
    private const int LengthsAt = 21;
    private const int TopicLengthAt = 25;
    private const int CountsAt = 29;
    private const int FixedBytes = 32;
    private const int MaskBytes = 10;

    /// <summary>Returns the size of the standing in bytes.</summary>
    public static int SizeOf(RoomStanding standing)
    {
        var size = FixedBytes + standing.Room.Length + LettersOf(standing).Length + (standing.Key?.Length ?? 0)
            + standing.TopicBy.Length + standing.Topic.Length;
        foreach (var list in ListsOf(standing))
        {
            foreach (var entry in list)
            {
                size += MaskBytes + entry.Mask.Length + entry.SetBy.Length;
            }
        }

        return size;
    }

    /// <summary>Writes the standing into exactly <see cref="SizeOf"/> bytes.</summary>
    public static void Write(RoomStanding standing, Span<byte> to)
    {
        var letters = LettersOf(standing);
        to[0] = standing.IsForgotten ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(to[CreatedAt..], standing.CreatedUnixMs);
        BinaryPrimitives.WriteInt32LittleEndian(to[LimitAt..], standing.Limit);
        BinaryPrimitives.WriteInt64LittleEndian(to[TopicTimeAt..], standing.TopicUnixMs);
        to[LengthsAt] = (byte)standing.Room.Length;
        to[LengthsAt + 1] = (byte)letters.Length;
        to[LengthsAt + 2] = (byte)(standing.Key?.Length ?? 0);
        to[LengthsAt + 3] = (byte)standing.TopicBy.Length;
        BinaryPrimitives.WriteInt32LittleEndian(to[TopicLengthAt..], standing.Topic.Length);
        var rest = to[FixedBytes..];
        rest = Put(standing.Room, rest);
        rest = Put(letters, rest);
        rest = Put(standing.Key, rest);
        rest = Put(standing.TopicBy, rest);
        rest = Put(standing.Topic, rest);
        var lists = ListsOf(standing);
        for (var i = 0; i < lists.Length; i++)
        {
            to[CountsAt + i] = (byte)lists[i].Count;
            foreach (var entry in lists[i])
            {
                BinaryPrimitives.WriteInt64LittleEndian(rest, entry.UnixMs);
                rest[8] = (byte)entry.Mask.Length;
                rest[9] = (byte)entry.SetBy.Length;
                rest = Put(entry.Mask, rest[MaskBytes..]);
                rest = Put(entry.SetBy, rest);
            }
        }
    }

    /// <summary>Reads a standing. False if the bytes are not a standing.</summary>
    /// <remarks>
    /// Errors are lengths that do not add up, a negative limit, an unknown mode, and a time before the year 1 or after 9999. Names or a
    /// text that a client may not be sent are errors too. The rules for new names may be stricter: stored names are read all the same.
    /// </remarks>
    public static bool TryRead(ReadOnlySpan<byte> from, out RoomStanding standing)
    {
        standing = null!;
        if (from.Length < FixedBytes || from[0] > 1)
        {
            return false;
        }

        var created = BinaryPrimitives.ReadInt64LittleEndian(from[CreatedAt..]);
        var limit = BinaryPrimitives.ReadInt32LittleEndian(from[LimitAt..]);
        var topicTime = BinaryPrimitives.ReadInt64LittleEndian(from[TopicTimeAt..]);
        var rest = from[FixedBytes..];
        if (!EventRecord.IsTime(created) || !EventRecord.IsTime(topicTime) || limit < 0
            || !TryReadText(ref rest, from[LengthsAt], out var room) || room.Length < 2 || room[0] != (byte)'#'
            || !TryReadText(ref rest, from[LengthsAt + 1], out var letters) || !RoomRules.TryReadLetters(letters, out var modes)
            || !TryReadText(ref rest, from[LengthsAt + 2], out var key)
            || !TryReadText(ref rest, from[LengthsAt + 3], out var topicBy)
            || !TryReadText(ref rest, BinaryPrimitives.ReadInt32LittleEndian(from[TopicLengthAt..]), out var topic)
            || !TryReadMasks(ref rest, from[CountsAt], out var bans)
            || !TryReadMasks(ref rest, from[CountsAt + 1], out var exceptions)
            || !TryReadMasks(ref rest, from[CountsAt + 2], out var welcome)
            || rest.Length > 0)
        {
            return false;
        }

        standing = new RoomStanding
        {
            Room = room,
            IsForgotten = from[0] == 1,
            CreatedUnixMs = created,
            Modes = modes,
            Key = key.Length == 0 ? null : key,
            Limit = limit,
            Topic = topic,
            TopicBy = topicBy,
            TopicUnixMs = topicTime,
            Bans = bans,
            Exceptions = exceptions,
            Welcome = welcome,
        };
        return true;
    }

    private static byte[] LettersOf(RoomStanding standing) => RoomRules.LettersOf(standing.Modes);

    private static IReadOnlyList<MaskEntry>[] ListsOf(RoomStanding standing) => [standing.Bans, standing.Exceptions, standing.Welcome];

    private static Span<byte> Put(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        bytes.CopyTo(to);
        return to[bytes.Length..];
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> rest, int length, out byte[] text)
    {
        text = [];
        if ((uint)length > (uint)rest.Length || !EventRecord.IsText(rest[..length]))
        {
            return false;
        }

        text = rest[..length].ToArray();
        rest = rest[length..];
        return true;
    }

    private static bool TryReadMasks(ref ReadOnlySpan<byte> rest, int count, out MaskEntry[] masks)
    {
        masks = new MaskEntry[count];
        for (var i = 0; i < count; i++)
        {
            if (rest.Length < MaskBytes)
            {
                return false;
            }

            var unixMs = BinaryPrimitives.ReadInt64LittleEndian(rest);
            var (maskLength, setByLength) = (rest[8], rest[9]);
            rest = rest[MaskBytes..];
            if (!EventRecord.IsTime(unixMs) || !TryReadText(ref rest, maskLength, out var mask) || mask.Length == 0
                || !TryReadText(ref rest, setByLength, out var setBy))
            {
                return false;
            }

            masks[i] = new MaskEntry(mask, setBy, unixMs);
        }

        return true;
    }
}
