using System.Buffers.Binary;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.History;

/// <summary>The byte form of a stored event. The journal stores events in this form, which does not change.</summary>
/// <remarks>
/// All numbers are little-endian. Fixed part: kind (1 byte), time (8), epoch (8), number (8), and the lengths of room (1), nick (1), new
/// nick (1) and text (4). The highest bit of the kind means that the room was closed. Room, nick, new nick and text follow. If the next
/// bit of the kind is set, the marks (1) and the length of the tags (2) stand before the room, and the tags after the text.
/// </remarks>
public static class EventRecord
{
    /// <summary>
    /// The longest tags of an event, in bytes: 4,094, which is also what a client may send (IRCv3 message tags, "Size limit").
    /// </summary>
    public const int MaxTagBytes = 4094;

    private const byte ClosedFlag = 0x80;
    private const byte MarkedFlag = 0x40;
    private const int TimeAt = 1;
    private const int EpochAt = 9;
    private const int SeqAt = 17;
    private const int LengthsAt = 25;
    private const int TextLengthAt = 28;
    private const int FixedBytes = 32;
    private const int MarkBytes = 3;

    private const EventMarks AllMarks = EventMarks.Notice | EventMarks.Bot;

    private const long MaxEpoch = (1L << 53) - 1;

    /// <summary>The latest time that an event can have: the last millisecond of the year 9999.</summary>
    internal const long MaxUnixMs = 253_402_300_799_999;

    // The first millisecond of the year 1.
    private const long MinUnixMs = -62_135_596_800_000;

    /// <summary>Returns the size of the event in bytes.</summary>
    public static int SizeOf(in StoredEvent past) => FixedBytes + (IsMarked(past) ? MarkBytes : 0)
        + past.Room.Length + past.Nick.Length + past.NewNick.Length + past.Text.Length + past.Tags.Length;

    /// <summary>Writes the event into exactly <see cref="SizeOf"/> bytes.</summary>
    public static void Write(in StoredEvent past, Span<byte> to)
    {
        var isMarked = IsMarked(past);
        to[0] = (byte)(EventKinds.Of(past.Kind).StoredCode | (past.IsClosed ? ClosedFlag : 0) | (isMarked ? MarkedFlag : 0));
        BinaryPrimitives.WriteInt64LittleEndian(to[TimeAt..], past.UnixMs);
        BinaryPrimitives.WriteInt64LittleEndian(to[EpochAt..], past.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(to[SeqAt..], past.Seq);
        to[LengthsAt] = (byte)past.Room.Length;
        to[LengthsAt + 1] = (byte)past.Nick.Length;
        to[LengthsAt + 2] = (byte)past.NewNick.Length;
        BinaryPrimitives.WriteInt32LittleEndian(to[TextLengthAt..], past.Text.Length);
        var rest = to[FixedBytes..];
        if (isMarked)
        {
            rest[0] = (byte)past.Marks;
            BinaryPrimitives.WriteUInt16LittleEndian(rest[1..], (ushort)past.Tags.Length);
            rest = rest[MarkBytes..];
        }

        past.Room.CopyTo(rest);
        past.Nick.CopyTo(rest[past.Room.Length..]);
        past.NewNick.CopyTo(rest[(past.Room.Length + past.Nick.Length)..]);
        rest = rest[(past.Room.Length + past.Nick.Length + past.NewNick.Length)..];
        past.Text.CopyTo(rest);
        past.Tags.CopyTo(rest[past.Text.Length..]);
    }

    /// <summary>Reads an event. False if the bytes are not an event.</summary>
    /// <remarks>
    /// Errors are an unknown kind, lengths that do not add up, an impossible number, and a time before the year 1 or after 9999. Names, a
    /// text or tags that a client may not be sent are errors too, and so are marks that the event cannot have. The rules for new names may
    /// be stricter: stored names are read all the same.
    /// </remarks>
    /// <param name="from">The bytes, all of them.</param>
    /// <param name="past">The event; its spans point into <paramref name="from"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> from, out StoredEvent past)
    {
        past = default;
        if (from.Length < FixedBytes)
        {
            return false;
        }

        var rest = from[FixedBytes..];
        var tags = 0;
        if (EventKinds.OfStored(from[0] & ~(ClosedFlag | MarkedFlag)) is not { } kind
            || ((from[0] & MarkedFlag) != 0 && !TryReadMarks(ref rest, out past.Marks, out tags)))
        {
            return false;
        }

        int room = from[LengthsAt], nick = from[LengthsAt + 1], newNick = from[LengthsAt + 2];
        var text = BinaryPrimitives.ReadInt32LittleEndian(from[TextLengthAt..]);
        if (text < 0 || (long)room + nick + newNick + text + tags != rest.Length)
        {
            return false;
        }

        past.Kind = kind;
        past.IsClosed = (from[0] & ClosedFlag) != 0;
        past.UnixMs = BinaryPrimitives.ReadInt64LittleEndian(from[TimeAt..]);
        past.Epoch = BinaryPrimitives.ReadInt64LittleEndian(from[EpochAt..]);
        past.Seq = BinaryPrimitives.ReadInt64LittleEndian(from[SeqAt..]);
        past.Room = rest[..room];
        past.Nick = rest.Slice(room, nick);
        past.NewNick = rest.Slice(room + nick, newNick);
        past.Text = rest.Slice(room + nick + newNick, text);
        past.Tags = rest[^tags..];
        var isPossible = past.Epoch is > 0 and <= MaxEpoch && past.Seq > 0 && IsTime(past.UnixMs);
        return isPossible && past.Room.Length >= 2 && past.Room[0] == (byte)'#' && IsText(past.Room) && HasNames(past) && IsText(past.Text)
            && HasItsMarks(past);
    }

    /// <summary>Whether an event can have this time, which must be in the years 1 to 9999.</summary>
    internal static bool IsTime(long unixMs) => unixMs is >= MinUnixMs and <= MaxUnixMs;

    /// <summary>Whether a client may be sent the bytes as a name or a text: UTF-8 without control characters.</summary>
    internal static bool IsText(ReadOnlySpan<byte> text) => ChatText.IsUtf8(text) && !ChatText.HasControl(text);

    private static bool IsMarked(in StoredEvent past) => past.Marks != EventMarks.None || !past.Tags.IsEmpty;

    private static bool TryReadMarks(ref ReadOnlySpan<byte> rest, out EventMarks marks, out int tags)
    {
        marks = EventMarks.None;
        tags = 0;
        if (rest.Length < MarkBytes)
        {
            return false;
        }

        marks = (EventMarks)rest[0];
        tags = BinaryPrimitives.ReadUInt16LittleEndian(rest[1..]);
        rest = rest[MarkBytes..];
        return (marks & ~AllMarks) == 0 && tags <= MaxTagBytes && (marks != EventMarks.None || tags > 0);
    }

    // A program may cause any event. Only something said can be a notice or have tags.
    private static bool HasItsMarks(in StoredEvent past) =>
        (EventKinds.Of(past.Kind).IsSaid || ((past.Marks & EventMarks.Notice) == 0 && past.Tags.IsEmpty))
        && IsText(past.Tags) && !past.Tags.Contains((byte)' ');

    private static bool HasNames(in StoredEvent past) =>
        !past.Nick.IsEmpty && past.NewNick.IsEmpty != EventKinds.Of(past.Kind).HasNewNick && IsText(past.Nick) && IsText(past.NewNick);
}
