namespace MuxChat.Core.Chat;

/// <summary>
/// Something that happened, for a wire format to encode at once: its spans hold only during the call. Texts and names in it have been checked.
/// </summary>
public ref struct ChatEvent
{
    /// <summary>What happened. Which of the other fields are set follows from it.</summary>
    public EventKind Kind;

    /// <summary>The room concerned.</summary>
    public Room? Room;

    /// <summary>The event's number in its room.</summary>
    public long Seq;

    /// <summary>The epoch its number belongs to, where that may be another than the room's; 0 for the room's.</summary>
    public long Epoch;

    /// <summary>When it happened, in milliseconds since 1970-01-01 UTC.</summary>
    public long UnixMs;

    /// <summary>Who did it, where that is somebody who is here.</summary>
    public Session? Actor;

    /// <summary>The nick of who did it (the old nick, when somebody is renamed), or the client's own nick.</summary>
    public ReadOnlySpan<byte> Nick;

    /// <summary>The nick somebody has now; of whom it is done to, written to or invited.</summary>
    public ReadOnlySpan<byte> NewNick;

    /// <summary>What was said, the topic, the reason, the modes, the ping token, the command that help is about.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Whether a private text tells what somebody does.</summary>
    public bool IsAction;

    /// <summary>Whether what was said is not to be answered by a program; not remembered.</summary>
    public bool IsNotice;

    /// <summary>What the speaker's program attached for other programs; not remembered.</summary>
    public ReadOnlySpan<byte> Tags;

    /// <summary>The rooms of a list.</summary>
    public ReadOnlySpan<Room> Rooms;

    /// <summary>The members of a list.</summary>
    public ReadOnlySpan<Membership> Members;

    /// <summary>The masks of a list.</summary>
    public ReadOnlySpan<MaskEntry> Masks;

    /// <summary>Which list of masks.</summary>
    public char Letter;

    /// <summary>The events of the past.</summary>
    public History.HistoryPage Past;

    /// <summary>How many there are in all, of what the list shows a part of.</summary>
    public int Total;

    /// <summary>Whether another part of the list follows.</summary>
    public bool More;

    /// <summary>The figures.</summary>
    public ServerStats? Stats;

    /// <summary>The result, of a request that was done or refused.</summary>
    public CommandResult Result;

    /// <summary>How the client named its request; empty for none.</summary>
    public ReadOnlySpan<byte> Id;
}
