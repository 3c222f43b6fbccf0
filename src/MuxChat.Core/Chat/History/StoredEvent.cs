using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.History;

/// <summary>A remembered event of a room, identified by room, epoch and number. Its spans are valid only during the call.</summary>
public ref struct StoredEvent
{
    /// <summary>The kind of the event, which must be a numbered one, see <see cref="EventKinds"/>.</summary>
    public EventKind Kind;

    /// <summary>The room's name as its first visitor spelled it, at most <see cref="RoomName.MaxBytes"/> bytes.</summary>
    public ReadOnlySpan<byte> Room;

    /// <summary>The room's epoch at that time: 1 to 2^53 - 1.</summary>
    public long Epoch;

    /// <summary>The event's number in its room.</summary>
    public long Seq;

    /// <summary>The time of the event, in milliseconds since 1970-01-01 UTC.</summary>
    public long UnixMs;

    /// <summary>The nick of the person who acted; for a change of nick, the old nick.</summary>
    public ReadOnlySpan<byte> Nick;

    /// <summary>The new nick after a change of nick, or the nick of a kicked person; otherwise empty.</summary>
    public ReadOnlySpan<byte> NewNick;

    /// <summary>The message, topic, reason or modes.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>The marks of the way in which it was said.</summary>
    public EventMarks Marks;

    /// <summary>
    /// The tags that the speaker's program attached for other programs: UTF-8 without a space or a control character but tab, at most
    /// <see cref="EventRecord.MaxTagBytes"/> bytes. Empty for an event that is not said.
    /// </summary>
    public ReadOnlySpan<byte> Tags;

    /// <summary>Whether the room was closed then (a key or invite-only). Such an event is remembered only until the room opens.</summary>
    public bool IsClosed;

    /// <summary>
    /// The room's standing after the event, if the event changed it or it was not stored before; otherwise
    /// null. A journal does not return it with the event.
    /// </summary>
    public RoomStanding? Standing;
}
