using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.History;

/// <summary>
/// An event of a room as it is remembered: named by its room, the room's epoch and its number. Its spans hold only during the call.
/// </summary>
public ref struct StoredEvent
{
    /// <summary>What happened: a numbered kind, see <see cref="EventKinds"/>.</summary>
    public EventKind Kind;

    /// <summary>The room's name, as it is spelled, at most <see cref="RoomName.MaxBytes"/> bytes.</summary>
    public ReadOnlySpan<byte> Room;

    /// <summary>The room's epoch at that time: 1 to 2^53 - 1.</summary>
    public long Epoch;

    /// <summary>The event's number in its room.</summary>
    public long Seq;

    /// <summary>When it happened, in milliseconds since 1970-01-01 UTC.</summary>
    public long UnixMs;

    /// <summary>Who did it (the old nick, when somebody was renamed).</summary>
    public ReadOnlySpan<byte> Nick;

    /// <summary>The nick somebody had from then on, or of who was put out; empty otherwise.</summary>
    public ReadOnlySpan<byte> NewNick;

    /// <summary>What was said, the topic, the reason, the modes.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Whether the room was closed to strangers then: it is remembered for as long as the room stays closed.</summary>
    public bool IsClosed;

    /// <summary>
    /// How the room stands after it, where that was changed by it or not stored before; else null. Not given back by a journal.
    /// </summary>
    public RoomStanding? Standing;
}
