using System.Text;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Chat;

/// <summary>
/// The chat: it owns sessions, rooms and nicks, and decides which client hears which event. The hub knows neither sockets nor protocols. It
/// takes commands in and sends events out to recipients.
/// </summary>
/// <remarks>
/// Owned by one thread, or used under one lock. Invariants: every person has a different nick. Every event in a room reaches every member
/// once, in the order of its numbers. A room without members keeps its history and is hidden.
/// </remarks>
public sealed class ChatHub : IEventSink
{
    private readonly ChatState _state;
    private readonly TalkCommands _talk;
    private readonly RedactionCommands _redactions;
    private readonly RoomCommands _rooms;
    private readonly ModerationCommands _moderation;
    private readonly ProfileCommands _profiles;

    /// <summary>Creates the chat with its lobby.</summary>
    /// <param name="delivery">Carries events to clients.</param>
    /// <param name="metrics">The counters that the chat updates, and the figures that <c>/stats</c> shows.</param>
    /// <param name="clock">The time of the tick.</param>
    /// <param name="limits">The limits; see <see cref="ChatLimits"/>.</param>
    /// <param name="lobby">The name of the room that newcomers enter; must be valid.</param>
    /// <param name="epochs">Draws the epochs of rooms; see <see cref="Epochs"/> about its seed.</param>
    /// <param name="motd">The message of the day: UTF-8 lines ended by LF, without other control characters; null for none.</param>
    /// <exception cref="ArgumentException">The lobby's name is not a room name.</exception>
    public ChatHub(
        IDelivery delivery,
        MetricSet metrics,
        TickClock clock,
        Replaceable<ChatLimits> limits,
        byte[] lobby,
        Epochs epochs,
        byte[]? motd = null)
    {
        if (!RoomName.IsValid(lobby))
        {
            throw new ArgumentException(RoomName.Rule, nameof(lobby));
        }

        _state = new ChatState(delivery, metrics, limits, clock, lobby, epochs);
        _talk = new TalkCommands(_state);
        _redactions = new RedactionCommands(_state);
        _rooms = new RoomCommands(_state);
        Operators = new ServerOperators(_state);
        _moderation = new ModerationCommands(_state, _rooms, Operators);
        Queries = new QueryCommands(_state);
        _state.Motd = motd ?? [];
        _profiles = new ProfileCommands(_state);
    }

    /// <summary>The server operators.</summary>
    public ServerOperators Operators { get; }

    /// <summary>The files that are shared in rooms.</summary>
    public FileSharing Files => _state.Files;

    /// <summary>The programs that clients may run.</summary>
    public OperatorPrograms Programs { get; } = new();

    /// <summary>The number of sessions, which is the number of persons on this server.</summary>
    public int SessionCount => _state.Nicks.SessionCount;

    /// <summary>The number of persons on this server and on others.</summary>
    public int PersonCount => _state.Nicks.Count;

    /// <summary>The largest <see cref="SessionCount"/> since the start.</summary>
    public int MaxSessionCount => _state.Nicks.MaxSessionCount;

    /// <summary>The largest <see cref="PersonCount"/> since the start.</summary>
    public int MaxPersonCount => _state.Nicks.MaxCount;

    /// <summary>The number of rooms that are visible to everyone: the lobby, and those with members.</summary>
    public int RoomCount => _state.Rooms.SeenCount;

    /// <summary>The number of those that have members.</summary>
    public int RoomWithMembersCount => _state.Rooms.SeenWithMembersCount;

    /// <summary>Answers the questions of protocols about rooms, members and figures.</summary>
    internal QueryCommands Queries { get; }

    /// <summary>Tells clients when a nick that they watch comes online or goes offline.</summary>
    internal NickWatch Watch => _state.Watch;

    /// <summary>The previous owners of nicks.</summary>
    internal WhoWasList WhoWas => _state.WhoWas;

    /// <summary>The server's figures.</summary>
    public MetricSet Metrics => _state.Metrics;

    /// <inheritdoc/>
    /// <remarks>Called before the first client is let in, and followed by <see cref="FinishRestoring"/>.</remarks>
    public void Restore(in StoredEvent past)
    {
        _state.Rooms.Restore(past);
        if (past.Kind == EventKind.Shared)
        {
            Files.NoteAnnounced(past.Text);
        }
    }

    /// <inheritdoc/>
    public void Restore(RoomStanding standing) => _state.Rooms.Restore(standing);

    /// <inheritdoc/>
    public void OnUncleanShutdown() => _state.Rooms.OnUncleanShutdown();

    /// <summary>
    /// Ends restoring: from now on the chat appends events to a journal. Without this call, rooms remember in memory only.
    /// </summary>
    /// <param name="journal">The journal.</param>
    /// <param name="wasClean">Whether the last run stored everything that it sent. If not, every room continues in a new epoch.</param>
    public void FinishRestoring(IJournal journal, bool wasClean) => _state.Rooms.FinishRestoring(journal, wasClean);

    /// <summary>
    /// Adds a client as a guest, greets it, and enters it into the lobby. A guest whom the lobby refuses gets an error and is in no room.
    /// A guest over a Unix socket is named after its user.
    /// </summary>
    public Session Connect(IRecipient recipient)
    {
        var nick = recipient.LocalUserName is { } user ? _state.Nicks.NextFor(user) : _state.Nicks.NextGuest();
        var session = new Session(recipient, nick, _state.Clock.NowMs);
        _state.Nicks.Add(session.Person);
        try
        {
            Greet(session);
            return session;
        }
        catch
        {
            // The exception leaves the caller without the session, so the caller could not remove it.
            Disconnect(session, "");
            throw;
        }
    }

    private void Greet(Session session)
    {
        var recipient = session.Recipient;
        recipient.Receive(new ChatEvent
        {
            Kind = EventKind.Welcome,
            Nick = session.Person.Nick,
            Room = _state.Rooms.Lobby,
            UnixMs = _state.Clock.UnixMs,
            Text = _state.Motd,
            TextBytes = _state.Limits.TextBytes,
        });
        var allowed = RoomAccess.MayEnter(session.Person, _state.Rooms.Lobby, default);
        if (allowed.IsOk)
        {
            _rooms.Enter(session.Person, _state.Rooms.Lobby);
        }
        else
        {
            recipient.Receive(new ChatEvent { Kind = EventKind.Error, Result = allowed });
        }

        Operators.GrantByUser(session);
    }

    /// <summary>Adds a client under the nick that it chose. The person is in no room yet.</summary>
    /// <param name="recipient">Receives the client's events.</param>
    /// <param name="nick">The nick: well formed, and not in use.</param>
    /// <param name="identity">The user, host and real name that the client gave.</param>
    public Session Connect(IRecipient recipient, ReadOnlySpan<byte> nick, Identity identity)
    {
        var session = new Session(recipient, nick.ToArray(), _state.Clock.NowMs, identity);
        session.Person.HasChosenNick = true;
        _state.Nicks.Add(session.Person);
        return session;
    }

    /// <summary>Adds a person who is on another server. The person is in no room yet.</summary>
    /// <param name="recipient">Receives the events for this person alone, and an expulsion. It forwards or drops them.</param>
    /// <param name="nick">The nick: well formed, and not in use.</param>
    /// <param name="identity">The user, host and real name that the person gave.</param>
    internal Person Admit(IRecipient recipient, ReadOnlySpan<byte> nick, Identity identity)
    {
        var person = new Person(recipient, nick.ToArray(), _state.Clock.NowMs, identity) { HasChosenNick = true };
        _state.Nicks.Add(person);
        return person;
    }

    /// <summary>Returns the id of a message that a protocol itself passes from one client to another.</summary>
    internal MessageId NextMessageId() => _state.NextMessageId();

    /// <summary>Returns the person with that nick; null if the nick is not in use.</summary>
    public Person? FindPerson(ReadOnlySpan<byte> nick) => _state.Nicks.Find(nick);

    /// <summary>Returns the room of that name if the person may see it, and it has members or is the lobby.</summary>
    public Room? FindRoom(Person person, ReadOnlySpan<byte> name) => _state.Rooms.FindSeen(person, name);

    /// <summary>
    /// Returns the room of that name for a server operator to change, even if it has no members. Null for all other persons.
    /// </summary>
    public Room? FindRoomToOverride(Person person, ReadOnlySpan<byte> name) => person.IsOperator ? _state.Rooms.FindDormantToo(name)
        : null;

    /// <summary>Returns the rooms for a list, largest first, including the secret ones.</summary>
    public Room[] ListRooms() => _state.Rooms.Listed.Snapshot();

    /// <summary>Returns a room in which the person may not speak and therefore must keep their nick; null if there is none.</summary>
    public static Room? FindMuting(Person person) => RoomAccess.FindMuting(person, countsModerated: true);

    /// <summary>The number of invisible persons.</summary>
    public int InvisibleCount { get; private set; }

    /// <summary>Makes a person invisible, or visible again. Does nothing if they already are.</summary>
    public void SetInvisible(Person person, bool isInvisible)
    {
        if (person.IsInvisible != isInvisible)
        {
            person.IsInvisible = isInvisible;
            InvisibleCount += isInvisible ? 1 : -1;
        }
    }

    /// <summary>The message of the day: lines ended by LF; empty for none.</summary>
    public byte[] Motd => _state.Motd;

    /// <summary>Runs a command. An error in the client's input is a refusal, never an exception.</summary>
    /// <exception cref="InvalidOperationException">The session is gone (a bug of the caller).</exception>
    public CommandResult Execute(Session session, in Command command) => Execute(session.Person, command);

    /// <summary>
    /// Runs a command of any person. A person on another server must name the room, because only a session has a current one.
    /// </summary>
    /// <exception cref="InvalidOperationException">The person is gone, or is on another server and only a session
    /// may give the command (a bug of the caller).</exception>
    internal CommandResult Execute(Person person, in Command command)
    {
        if (person.IsGone)
        {
            throw new InvalidOperationException("A person who has left cannot run commands.");
        }

        _state.JournalPosition = 0;
        var result = Dispatch(person, command);
        return result.IsOk && _state.JournalPosition > 0 ? result with { Position = _state.JournalPosition } : result;
    }

    private CommandResult Dispatch(Person person, in Command command) => command.Kind switch
    {
        CommandKind.None => CommandResult.Ok(),
        CommandKind.Say => _talk.Say(person, command, EventKind.Said),
        CommandKind.Act => _talk.Say(person, command, EventKind.Acted),
        CommandKind.Nick => _rooms.Rename(person, command),
        CommandKind.Join => _rooms.Join(person, command),
        CommandKind.Part => _rooms.Part(person, command),
        CommandKind.Message => _talk.Message(person, command),
        CommandKind.Tag => _talk.Tag(person, command),
        CommandKind.Signal => _talk.Signal(person, command),
        CommandKind.Redact => _redactions.Redact(person, command),
        CommandKind.Away => _profiles.Away(person, command),
        CommandKind.RealName => _profiles.RealName(person, command),
        CommandKind.Topic => _rooms.Topic(person, command),
        CommandKind.Modes => _moderation.Modes(person, command),
        CommandKind.Kick => _moderation.Kick(person, command),
        CommandKind.Invite => _moderation.Invite(person, command),
        CommandKind.Resume => _rooms.Resume(person, command),
        CommandKind.Quit => Quit(person, command.Text),
        CommandKind.Oper => Operators.Claim(SessionOf(person), command),
        CommandKind.Kill => Kill(person, command),
        CommandKind.Override => _moderation.Override(person, command),
        CommandKind.Rehash => Operators.Rehash(SessionOf(person)),
        CommandKind.Wallops => Operators.Wallops(person, command),
        _ => throw new InvalidOperationException($"The chat does not execute {command.Kind}: the protocol answers it."),
    };

    // A password check and a reread of a file are answered to the connection that asked, so only a session may ask.
    private static Session SessionOf(Person person) =>
        person.Session ?? throw new InvalidOperationException("A person on another server asks this of that server.");

    /// <summary>Removes a session from all its rooms and gives them the reason. Does nothing if the session is gone.</summary>
    public void Disconnect(Session session, string reason) => Disconnect(session.Person, reason);

    /// <summary>Does the same for a person on any server.</summary>
    internal void Disconnect(Person person, string reason)
    {
        if (!person.IsGone)
        {
            Leave(person, Encoding.UTF8.GetBytes(reason), isOwnWord: false);
        }
    }

    /// <summary>
    /// Says a text in a room for a sender who takes no part in the chat, such as an admin's script. The room is made if there is none, and
    /// its modes do not apply. A text that is too long is cut.
    /// </summary>
    /// <param name="sender">The sender, who hears nothing.</param>
    /// <param name="name">The name that is shown. It is at most as long as a nick, and is none.</param>
    /// <param name="room">A valid room name.</param>
    /// <param name="text">The text, without control characters.</param>
    internal CommandResult Announce(IRecipient sender, byte[] name, ReadOnlySpan<byte> room, ReadOnlySpan<byte> text) =>
        _talk.Announce(new Person(sender, name, _state.Clock.NowMs) { IsBot = true }, room, text);

    private CommandResult Quit(Person person, ReadOnlySpan<byte> reason)
    {
        var checkedReason = _state.CheckOptionalText(reason, "the reason");
        if (checkedReason.IsOk)
        {
            // The prefix keeps a person's words apart from the server's, which appear in the same place when a connection breaks.
            Leave(person, reason.IsEmpty ? default : [.. "Quit: "u8, .. reason], isOwnWord: true);
        }

        return checkedReason;
    }

    private CommandResult Kill(Person person, in Command command)
    {
        var checkedKill = Operators.CheckKill(person, command, out var victim);
        if (checkedKill.IsOk)
        {
            Leave(victim!, Operators.Expel(person, victim!, command.Text), isOwnWord: false);
        }

        return checkedKill;
    }

    private void Leave(Person person, ReadOnlySpan<byte> reason, bool isOwnWord)
    {
        person.IsGone = true;
        if (person.Session is { } session)
        {
            _state.Files.Forget(session);
        }

        SetInvisible(person, false);
        Operators.Forget(person);
        var memberships = person.Memberships;

        // Remove the person from every room first, so that they do not hear the event. Then publish one announcement for all rooms.
        foreach (var membership in memberships)
        {
            membership.Room.Leave(membership);
        }

        try
        {
            _state.Delivery.BeginAnnouncement();
            foreach (var membership in memberships)
            {
                if (isOwnWord)
                {
                    _state.Heard.Note(person, membership.Room);
                }

                _state.Publish(membership.Room, EventKind.Quit, person, isOwnWord ? RoomAccess.LastWord(membership, reason) : reason);
                _state.Rooms.RestIfEmpty(membership.Room);
            }
        }
        finally
        {
            // If an exception stops the announcement, the remaining rooms become dormant all the same.
            foreach (var membership in memberships)
            {
                _state.Rooms.RestIfEmpty(membership.Room);
            }

            person.LeaveAll();
            person.Session?.Current = null;
            _state.Nicks.Remove(person);
        }
    }
}
