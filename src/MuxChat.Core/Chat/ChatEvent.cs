using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>
/// Something that happened, for a wire format to encode at once: its spans hold only during the call. Texts and
/// names in it have been checked.
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
    public Person? Actor;

    /// <summary>The nick of who did it (the old nick, when somebody is renamed), or the client's own nick.</summary>
    public ReadOnlySpan<byte> Nick;

    /// <summary>The nick somebody has now; of whom it is done to, written to or invited.</summary>
    public ReadOnlySpan<byte> NewNick;

    /// <summary>What was said, the topic, the reason, the modes, the message of the day.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Whether a private text tells what somebody does.</summary>
    public bool IsAction;

    /// <summary>Whether what was said is not to be answered by a program; not remembered.</summary>
    public bool IsNotice;

    /// <summary>What the speaker's program attached for other programs; not remembered.</summary>
    public ReadOnlySpan<byte> Tags;

    /// <summary>The events of the past.</summary>
    public History.HistoryPage Past;

    /// <summary>How many members the room has.</summary>
    public int Total;

    /// <summary>Whether another part of the past follows.</summary>
    public bool More;

    /// <summary>The result, of a request that was done or refused.</summary>
    public CommandResult Result;

    /// <summary>How the client named its request; empty for none.</summary>
    public ReadOnlySpan<byte> Id;
}

/// <summary>
/// What happened. The first group are a room's events, numbered 1, 2, 3 ... without gaps; the rest is for one client alone.
/// </summary>
public enum EventKind
{
    /// <summary>Somebody said something in a room.</summary>
    Said,

    /// <summary>Somebody did something in a room (<c>/me</c>).</summary>
    Acted,

    /// <summary>Somebody entered a room.</summary>
    Joined,

    /// <summary>Somebody left a room.</summary>
    Left,

    /// <summary>Somebody left the server.</summary>
    Quit,

    /// <summary>Somebody took another nick.</summary>
    Renamed,

    /// <summary>Somebody set a room's topic.</summary>
    TopicSet,

    /// <summary>Somebody was put out of a room.</summary>
    Kicked,

    /// <summary>A room's modes were changed.</summary>
    ModeSet,

    /// <summary>The client is in: its nick, its room, the message of the day.</summary>
    Welcome,

    /// <summary>How a room stands: its topic, its members' number, its last event's number.</summary>
    RoomState,

    /// <summary>Events of a room's past, or a part of them.</summary>
    History,

    /// <summary>Not everything that was missed is remembered.</summary>
    Gap,

    /// <summary>A private message.</summary>
    Message,

    /// <summary>
    /// What somebody's program tells other programs, without a text, in a room or to one person: it has no number, and is not remembered.
    /// </summary>
    Tagged,

    /// <summary>
    /// Somebody is away, and why, or, without a text, is back. Told to its rooms, and no event of theirs: it has no number.
    /// </summary>
    Away,

    /// <summary>What a program says to programs in a room: people are not shown it, it has no number and is not remembered.</summary>
    Signal,

    /// <summary>The client may enter a room.</summary>
    Invitation,

    /// <summary>Somebody was told that it may enter the room. No event of the room's: it has no number.</summary>
    Invited,

    /// <summary>Somebody calls itself something else beside its nick. Told like <see cref="Away"/>.</summary>
    RealNameSet,

    /// <summary>Somebody is here under a nick that the client watches.</summary>
    NickOnline,

    /// <summary>Nobody is here any more under a nick that the client watches.</summary>
    NickOffline,

    /// <summary>The server asks whether the client is still there.</summary>
    Ping,

    /// <summary>The connection ends, and why.</summary>
    Closing,

    /// <summary>A request was done.</summary>
    Ok,

    /// <summary>A request was refused, or the client's bytes were.</summary>
    Error,

    /// <summary>The client is a server operator.</summary>
    Operator,

    /// <summary>The client did not become one: that was no operator's name and password.</summary>
    OperatorRefused,

    /// <summary>The message of the day was read again, or was not: the result says which.</summary>
    Rehashed,

    /// <summary>A server operator disconnects the client. Followed by <see cref="Closing"/>.</summary>
    Killed,

    /// <summary>A server operator writes to all who listen.</summary>
    Wallops,
}
