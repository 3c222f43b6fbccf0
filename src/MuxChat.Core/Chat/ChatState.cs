using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Metrics;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Chat;

/// <summary>The state that all commands work on, and the few steps that they share.</summary>
internal sealed class ChatState
{
    private readonly Replaceable<ChatLimits> _limits;
    private readonly long _messageSeries;
    private long _lastMessage;

    public ChatState(IDelivery delivery, MetricSet metrics, Replaceable<ChatLimits> limits, TickClock clock, byte[] lobby, Epochs epochs)
    {
        Delivery = delivery;
        _limits = limits;
        Clock = clock;
        Watch = new NickWatch(clock);
        WhoWas = new WhoWasList(clock);
        Nicks = new NickDirectory([Watch, WhoWas]);
        Rooms = new RoomDirectory(delivery, lobby, limits, epochs, clock);
        _messageSeries = epochs.Next();
        Metrics = metrics;
        Files = new FileSharing(this);
        metrics.Clients.ReadFrom(() => Nicks.SessionCount);
        metrics.Rooms.ReadFrom(() => Rooms.SeenCount);
        metrics.HistoryBytes.ReadFrom(() => Rooms.HistoryBytes);
        metrics.Uptime.ReadFrom(() => Clock.NowMs);
    }

    public IDelivery Delivery { get; }

    /// <summary>The current limits.</summary>
    public ChatLimits Limits => _limits.Current;

    public TickClock Clock { get; }

    /// <summary>The journal that stores the events of rooms.</summary>
    public IJournal Journal => Rooms.Journal;

    public RoomDirectory Rooms { get; }

    /// <summary>The message of the day: UTF-8 lines ended by LF; empty for none.</summary>
    public byte[] Motd { get; set; } = [];

    public NickDirectory Nicks { get; }

    public NickWatch Watch { get; }

    public WhoWasList WhoWas { get; }

    public HeardList Heard { get; } = new();

    public MetricSet Metrics { get; }

    public FileSharing Files { get; }

    /// <summary>The position of the last event in the journal; 0 if no event was appended since a caller set this to 0.</summary>
    public long JournalPosition { get; set; }

    /// <summary>Returns the id of the next message that is no event of a room.</summary>
    public MessageId NextMessageId() => new(_messageSeries, ++_lastMessage);

    /// <summary>Whether an id is of this run of the server.</summary>
    public bool IsOwn(MessageId id) => id.Series == _messageSeries;

    /// <summary>
    /// Numbers an event of <paramref name="room"/>, remembers it, and publishes it to the members.
    /// Returns the number of members that it reaches.
    /// </summary>
    public int Publish(Room room, EventKind kind, Person actor, ReadOnlySpan<byte> text, ReadOnlySpan<byte> newNick = default,
        bool isNotice = false, ReadOnlySpan<byte> tags = default)
    {
        var marks = (isNotice ? EventMarks.Notice : EventMarks.None) | (actor.IsBot ? EventMarks.Bot : EventMarks.None);
        var unixMs = room.Log.Append(kind, Clock.UnixMs, actor.Nick, newNick, text, marks, tags);
        room.Log.NoteAuthor(actor.Number);
        JournalPosition = Journal.Append(new StoredEvent
        {
            Kind = kind,
            Room = room.Name,
            Epoch = room.Epoch,
            Seq = room.LastSeq,
            UnixMs = unixMs,
            Nick = actor.Nick,
            NewNick = newNick,
            Text = text,
            Marks = marks,
            Tags = tags,
            IsClosed = room.Rules.IsClosed,
            Standing = kind is EventKind.TopicSet or EventKind.ModeSet || room.StandingBytes == 0 ? Rooms.KeepStanding(room) : null,
        });
        var chatEvent = new ChatEvent
        {
            Kind = kind,
            Room = room,
            Seq = room.LastSeq,
            UnixMs = unixMs,
            Actor = actor,
            Nick = actor.Nick,
            NewNick = newNick,
            Text = text,
            IsNotice = isNotice,
            Tags = tags,
        };
        return room.Subscribers.Publish(chatEvent, actor.Subscriber);
    }

    /// <summary>
    /// Makes a server operator an operator of the lobby, which has no others. Revokes that rank from a person who is no longer a server
    /// operator. Either change is published in the lobby.
    /// </summary>
    public void RankInLobby(Person person)
    {
        if (!person.IsGone && person.Find(Rooms.Lobby) is { } membership
            && (membership.Rank & MemberRank.Operator) != 0 != person.IsOperator)
        {
            membership.Rank ^= MemberRank.Operator;
            Publish(Rooms.Lobby, EventKind.ModeSet, person, [.. person.IsOperator ? "+o "u8 : "-o "u8, .. person.Nick]);
        }
    }

    /// <summary>
    /// Finds the room that a command means, if the person may see it: the named room, or the session's current room for an empty name.
    /// </summary>
    public CommandResult FindRoom(Person person, ReadOnlySpan<byte> name, out Room room)
    {
        var found = name.IsEmpty ? person.Session?.Current : Rooms.FindSeen(person, name);
        room = found!;
        if (found is not null)
        {
            return CommandResult.Ok();
        }

        if (name.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, "you are not in a room: join one first");
        }

        return RoomName.IsValid(name)
            ? CommandResult.Error(ErrorCode.UnknownRoom, $"there is no room {Text(name)}: join it to create it")
            : CommandResult.Error(ErrorCode.BadRoom, RoomName.Rule);
    }

    /// <summary>Finds the person that a command means.</summary>
    public CommandResult FindPerson(ReadOnlySpan<byte> nick, out Person person)
    {
        var found = Nicks.Find(nick);
        person = found!;
        if (found is not null)
        {
            return CommandResult.Ok();
        }

        if (nick.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the nick is missing");
        }

        return Nickname.IsValid(nick)
            ? CommandResult.Error(ErrorCode.UnknownNick, $"no such nick: {Text(nick)}")
            : CommandResult.Error(ErrorCode.BadNick, Nickname.Rule);
    }

    /// <summary>Checks a required text: not empty, at most <see cref="ChatLimits.TextBytes"/>, and no control character but tab.</summary>
    public CommandResult CheckText(ReadOnlySpan<byte> text, string what)
    {
        if (text.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, $"{what} is missing");
        }

        return CheckOptionalText(text, what);
    }

    /// <summary>Checks a text that may be empty.</summary>
    public CommandResult CheckOptionalText(ReadOnlySpan<byte> text, string what)
    {
        if (text.Length > Limits.TextBytes)
        {
            return CommandResult.Error(ErrorCode.TooLong, $"{what} has {text.Length} bytes: at most {Limits.TextBytes} are allowed");
        }

        return ChatText.HasControl(text)
            ? CommandResult.Error(ErrorCode.ControlCharacter, $"{what} contains a control character: only tab is allowed")
            : CommandResult.Ok();
    }

    /// <summary>Decodes a checked name, for messages.</summary>
    public static string Text(ReadOnlySpan<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8);
}

/// <summary>
/// The limits of the chat. A request beyond a limit gets an error and the connection stays open, unless the limit says otherwise.
/// </summary>
public sealed record ChatLimits
{
    /// <summary>
    /// The longest text, topic or reason: 4,096 bytes of UTF-8. All protocols share the limit, so that each can show texts from the others.
    /// </summary>
    public int TextBytes { get; init; } = 4096;

    /// <summary>Rooms that one client may be in at once: 20.</summary>
    public int RoomsPerClient { get; init; } = 20;

    /// <summary>Rooms in all: 10,000.</summary>
    public int Rooms { get; init; } = 10_000;

    /// <summary>
    /// The flood-budget cost of creating a room, in addition to entering it: 4. Each new room eventually displaces another.
    /// </summary>
    public int MakingRoomPrice { get; init; } = 4;

    /// <summary>Events that a room remembers: 1,000. The next event then replaces the oldest.</summary>
    public int History { get; init; } = 1000;

    /// <summary>The last lines said that a newcomer gets, if its protocol shows them on entering: 20; 0 for none.</summary>
    public int Replay { get; init; } = 20;

    /// <summary>
    /// Memory for the history of all rooms: 256 MiB, in bytes. At the limit, the server first forgets dormant rooms in which nothing was
    /// said, and then halves histories that are larger than the growing room's. After those it forgets other dormant rooms, longest dormant
    /// first. If none of these frees enough, a room drops its own oldest events.
    /// </summary>
    public long HistoryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// Bytes of history in the answer to one request: 128 KiB, by an upper bound of the encoded size. The client asks again for the rest.
    /// </summary>
    public int HistoryAnswerBytes { get; init; } = 128 * 1024;

    /// <summary>The same bound for one part of an answer: 60,000 bytes, so that it fits a segment.</summary>
    public int HistoryPartBytes { get; init; } = 60_000;

    /// <summary>The longest ping token: 256 bytes.</summary>
    public int PingTokenBytes { get; init; } = 256;

    /// <summary>Rooms in the answer to one list request, largest first: 500. The answer also gives the total.</summary>
    public int ListedRooms { get; init; } = 500;

    /// <summary>Rooms in one part of a room list: 50, so that a part with the longest names still fits a frame.</summary>
    public int RoomsPerPart { get; init; } = 50;

    /// <summary>Members in one part of a member list: 200.</summary>
    public int MembersPerPart { get; init; } = 200;

    /// <summary>The limits of shared files.</summary>
    public FileLimits Files { get; init; } = new();
}
