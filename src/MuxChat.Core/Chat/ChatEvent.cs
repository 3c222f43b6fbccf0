using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>
/// An event for a wire format to encode at once, because its spans are valid only during the call. The hub has checked its texts and names.
/// </summary>
public ref struct ChatEvent
{
    /// <summary>The kind of event. It decides which of the other fields are set.</summary>
    public EventKind Kind;

    /// <summary>The room that the event concerns.</summary>
    public Room? Room;

    /// <summary>The event's number in its room.</summary>
    public long Seq;

    /// <summary>The epoch that <see cref="Seq"/> belongs to, if it may differ from the room's; 0 for the room's epoch.</summary>
    public long Epoch;

    /// <summary>The id of a message that has no number in a room; not set for all other events.</summary>
    public MessageId MessageId;

    /// <summary>The time of the event, in milliseconds since 1970-01-01 UTC.</summary>
    public long UnixMs;

    /// <summary>The person who caused the event, if they are here.</summary>
    public Person? Actor;

    /// <summary>The actor's nick (the old nick, if the event is a rename), or the client's own nick.</summary>
    public ReadOnlySpan<byte> Nick;

    /// <summary>
    /// The new nick of a renamed person, or the nick of the person who is kicked, killed, written to or invited. A text to a room's ranks
    /// has the rank and the room's name here (<c>@#room</c>).
    /// </summary>
    public ReadOnlySpan<byte> NewNick;

    /// <summary>The text said, the topic, the reason, the modes, or the message of the day.</summary>
    public ReadOnlySpan<byte> Text;

    /// <summary>Whether a private text describes an action of the sender (<c>/me</c>).</summary>
    public bool IsAction;

    /// <summary>Whether the text is a notice, which a program must not answer.</summary>
    public bool IsNotice;

    /// <summary>Whether a program caused the event that is shown again. If the actor is here, <see cref="IsByBot"/> asks them.</summary>
    public bool WasByBot;

    /// <summary>Tags that the speaker's program attached for other programs; see <see cref="StoredEvent.Tags"/>.</summary>
    public ReadOnlySpan<byte> Tags;

    /// <summary>The number of members in the room.</summary>
    public int Total;

    /// <summary>The most bytes that a text may have; a welcome says so.</summary>
    public int TextBytes;

    /// <summary>The result of a request that was done or refused.</summary>
    public CommandResult Result;

    /// <summary>The client's own id for its request; empty for none.</summary>
    public ReadOnlySpan<byte> Id;

    /// <summary>Whether a program caused the event.</summary>
    public readonly bool IsByBot => Actor?.IsBot ?? WasByBot;

    /// <summary>
    /// Returns an event of a room's past, to be shown again. The person who caused it may be gone, so only their nick is known.
    /// </summary>
    internal static ChatEvent OfPast(Room room, StoredEvent past) => new()
    {
        Kind = past.Kind,
        Room = room,
        Seq = past.Seq,
        Epoch = past.Epoch,
        UnixMs = past.UnixMs,
        Nick = past.Nick,
        NewNick = past.NewNick,
        Text = past.Text,
        IsNotice = (past.Marks & EventMarks.Notice) != 0,
        WasByBot = (past.Marks & EventMarks.Bot) != 0,
        Tags = past.Tags,
    };
}

/// <summary>
/// The kind of an event. The first group, up to <see cref="Erased"/>, are the events of a room, numbered
/// from 1 without gaps. All other kinds have no number.
/// </summary>
public enum EventKind
{
    /// <summary>A person said something in a room.</summary>
    Said,

    /// <summary>A person performed an action in a room (<c>/me</c>).</summary>
    Acted,

    /// <summary>A person entered a room.</summary>
    Joined,

    /// <summary>A person left a room.</summary>
    Left,

    /// <summary>A person left the server.</summary>
    Quit,

    /// <summary>A person changed their nick.</summary>
    Renamed,

    /// <summary>A person set a room's topic.</summary>
    TopicSet,

    /// <summary>An operator removed a person from a room.</summary>
    Kicked,

    /// <summary>A person changed a room's modes.</summary>
    ModeSet,

    /// <summary>A person shared a file in a room. The text has the facts about it (see <see cref="Files.FileText"/>).</summary>
    Shared,

    /// <summary>
    /// A person removed a message that was said in a room, or one of their own to a person. The text is a <see cref="Redaction"/>.
    /// </summary>
    Redacted,

    /// <summary>The remains of a removed line in its room's memory: number, time and author. It is never published or stored.</summary>
    Erased,

    /// <summary>The client is logged in. Carries its nick, its room and the message of the day.</summary>
    Welcome,

    /// <summary>The state of a room: its topic, the number of its members, and the number of its last event.</summary>
    RoomState,

    /// <summary>A private message.</summary>
    Message,

    /// <summary>
    /// Tags without a text, from one program to others, sent to a room or to one person. The event has no number and is not remembered.
    /// </summary>
    Tagged,

    /// <summary>
    /// A person is away for the reason given, or is back if there is no text. Their rooms receive it, but it has no number.
    /// </summary>
    Away,

    /// <summary>
    /// A text from one program to the programs in a room. Clients do not show it to people. It has no number and is not remembered.
    /// </summary>
    Signal,

    /// <summary>The client may enter a room.</summary>
    Invitation,

    /// <summary>A person was invited into the room. The room's members receive it, but it has no number.</summary>
    Invited,

    /// <summary>A person changed the real name shown next to their nick. Sent to the same clients as <see cref="Away"/>.</summary>
    RealNameSet,

    /// <summary>A nick that the client watches is now in use.</summary>
    NickOnline,

    /// <summary>A nick that the client watches is no longer in use.</summary>
    NickOffline,

    /// <summary>The server checks that the client is still alive.</summary>
    Ping,

    /// <summary>The connection ends, for the reason given.</summary>
    Closing,

    /// <summary>A request was done.</summary>
    Ok,

    /// <summary>A request was refused, or the client's bytes were.</summary>
    Error,

    /// <summary>The client is a server operator.</summary>
    Operator,

    /// <summary>The client did not become a server operator, because the name or the password was wrong.</summary>
    OperatorRefused,

    /// <summary>The server reread the message of the day, or failed to. <see cref="ChatEvent.Result"/> says which.</summary>
    Rehashed,

    /// <summary>A server operator disconnects the client. Followed by <see cref="Closing"/>.</summary>
    Killed,

    /// <summary>A server operator writes to all who listen.</summary>
    Wallops,

    /// <summary>The client's own private message was sent (see <see cref="Command.ShowsSent"/>).</summary>
    Sent,
}
