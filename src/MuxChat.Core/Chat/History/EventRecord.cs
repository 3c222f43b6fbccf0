using System.Buffers.Binary;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.History;

/// <summary>The byte form of a stored event. The journal stores events in this form, which does not change.</summary>
/// <remarks>
/// All numbers are little-endian. Fixed part: kind (1 byte), time (8), epoch (8), number (8), and the lengths of room (1), nick (1), new
/// nick (1) and text (4). The highest bit of the kind means that the room was closed. Room, nick, new nick and text follow.
/// </remarks>
public static class EventRecord
{
    private const byte ClosedFlag = 0x80;
    private const int TimeAt = 1;
    private const int EpochAt = 9;
    private const int SeqAt = 17;
    private const int LengthsAt = 25;
    private const int TextLengthAt = 28;
    private const int FixedBytes = 32;

    private const long MaxEpoch = (1L << 53) - 1;

    /// <summary>The latest time that an event can have: the last millisecond of the year 9999.</summary>
    internal const long MaxUnixMs = 253_402_300_799_999;

    // The first millisecond of the year 1.
    private const long MinUnixMs = -62_135_596_800_000;

    /// <summary>Returns the size of the event in bytes.</summary>
    public static int SizeOf(in StoredEvent past) =>
        FixedBytes + past.Room.Length + past.Nick.Length + past.NewNick.Length + past.Text.Length;

    /// <summary>Writes the event into exactly <see cref="SizeOf"/> bytes.</summary>
    public static void Write(in StoredEvent past, Span<byte> to)
    {
        to[0] = (byte)(EventKinds.Of(past.Kind).StoredCode | (past.IsClosed ? ClosedFlag : 0));
        BinaryPrimitives.WriteInt64LittleEndian(to[TimeAt..], past.UnixMs);
        BinaryPrimitives.WriteInt64LittleEndian(to[EpochAt..], past.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(to[SeqAt..], past.Seq);
        to[LengthsAt] = (byte)past.Room.Length;
        to[LengthsAt + 1] = (byte)past.Nick.Length;
        to[LengthsAt + 2] = (byte)past.NewNick.Length;
        BinaryPrimitives.WriteInt32LittleEndian(to[TextLengthAt..], past.Text.Length);
        var rest = to[FixedBytes..];
        past.Room.CopyTo(rest);
        past.Nick.CopyTo(rest[past.Room.Length..]);
        past.NewNick.CopyTo(rest[(past.Room.Length + past.Nick.Length)..]);
        past.Text.CopyTo(rest[(past.Room.Length + past.Nick.Length + past.NewNick.Length)..]);
    }

    /// <summary>Reads an event. False if the bytes are not an event.</summary>
    /// <remarks>
    /// Errors are an unknown kind, lengths that do not add up, an impossible number, and a time before the year 1 or after 9999. Names or a
    /// text that a client may not be sent are errors too. The rules for new names may be stricter: stored names are read all the same.
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

        var code = from[0] & ~ClosedFlag;
        if (EventKinds.OfStored(code) is not { } kind)
        {
            return false;
        }

        int room = from[LengthsAt], nick = from[LengthsAt + 1], newNick = from[LengthsAt + 2];
        var text = BinaryPrimitives.ReadInt32LittleEndian(from[TextLengthAt..]);
        if (text < 0 || (long)FixedBytes + room + nick + newNick + text != from.Length)
        {
            return false;
        }

        var rest = from[FixedBytes..];
        past.Kind = kind;
        past.IsClosed = code != from[0];
        past.UnixMs = BinaryPrimitives.ReadInt64LittleEndian(from[TimeAt..]);
        past.Epoch = BinaryPrimitives.ReadInt64LittleEndian(from[EpochAt..]);
        past.Seq = BinaryPrimitives.ReadInt64LittleEndian(from[SeqAt..]);
        past.Room = rest[..room];
        past.Nick = rest.Slice(room, nick);
        past.NewNick = rest.Slice(room + nick, newNick);
        past.Text = rest[(room + nick + newNick)..];
        var isPossible = past.Epoch is > 0 and <= MaxEpoch && past.Seq > 0 && IsTime(past.UnixMs);
        return isPossible && past.Room.Length >= 2 && past.Room[0] == (byte)'#' && IsText(past.Room) && HasNames(past) && IsText(past.Text);
    }

    /// <summary>Whether an event can have this time, which must be in the years 1 to 9999.</summary>
    internal static bool IsTime(long unixMs) => unixMs is >= MinUnixMs and <= MaxUnixMs;

    /// <summary>Whether a client may be sent the bytes as a name or a text: UTF-8 without control characters.</summary>
    internal static bool IsText(ReadOnlySpan<byte> text) => ChatText.IsUtf8(text) && !ChatText.HasControl(text);

    private static bool HasNames(in StoredEvent past) =>
        !past.Nick.IsEmpty && past.NewNick.IsEmpty != EventKinds.Of(past.Kind).HasNewNick && IsText(past.Nick) && IsText(past.NewNick);
}
