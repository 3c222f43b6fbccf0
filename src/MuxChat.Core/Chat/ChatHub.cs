using System.Text;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Chat;

/// <summary>
/// The chat: sessions, rooms and nicks, and who hears what. It knows neither sockets nor protocols: commands come
/// in, events go out to recipients.
/// </summary>
/// <remarks>
/// Owned by one thread, or used under one lock. Invariants: every session has a nick of its own; every event in a room reaches every member
/// once, in the order of its numbers; a room without members remembers, and is not seen.
/// </remarks>
public sealed class ChatHub : IEventSink
{
    private readonly ChatState _state;
    private readonly TalkCommands _talk;
    private readonly RoomCommands _rooms;
    private readonly ModerationCommands _moderation;
    private readonly HistoryCommands _history;
    private readonly ProfileCommands _profiles;

    /// <summary>Creates the chat with its lobby.</summary>
    /// <param name="delivery">How events reach clients.</param>
    /// <param name="metrics">Where the chat counts, and what it shows in <c>/stats</c>.</param>
    /// <param name="clock">The time of the tick.</param>
    /// <param name="limits">The limits; see <see cref="ChatLimits"/>.</param>
    /// <param name="lobby">The name of the room that newcomers are in; must be valid.</param>
    /// <param name="epochs">Where rooms get their epochs from; see <see cref="Epochs"/> about its seed.</param>
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
        _rooms = new RoomCommands(_state);
        Operators = new ServerOperators(_state);
        _moderation = new ModerationCommands(_state, _rooms, Operators);
        Queries = new QueryCommands(_state);
        _history = new HistoryCommands(_state, _rooms);
        _state.Motd = motd ?? [];
        _profiles = new ProfileCommands(_state);
    }

    /// <summary>The server operators.</summary>
    public ServerOperators Operators { get; }

    /// <summary>How many sessions there are: persons on this server.</summary>
    public int SessionCount => _state.Nicks.SessionCount;

    /// <summary>How many persons there are, on this server and on others.</summary>
    public int PersonCount => _state.Nicks.Count;

    /// <summary>How many rooms there are that everybody knows of.</summary>
    public int RoomCount => _state.Rooms.SeenCount;

    /// <summary>What protocols answer questions from.</summary>
    internal QueryCommands Queries { get; }

    /// <summary>Who wishes to be told when somebody comes or goes.</summary>
    internal NickWatch Watch => _state.Watch;

    /// <summary>Who was here.</summary>
    internal WhoWasList WhoWas => _state.WhoWas;

    /// <summary>The server's figures.</summary>
    public MetricSet Metrics => _state.Metrics;

    /// <inheritdoc/>
    /// <remarks>Before the first client is let in, and followed by <see cref="FinishRestoring"/>.</remarks>
    public void Restore(in StoredEvent past) => _state.Rooms.Restore(past);

    /// <inheritdoc/>
    public void Restore(RoomStanding standing) => _state.Rooms.Restore(standing);

    /// <inheritdoc/>
    public void OnUncleanShutdown() => _state.Rooms.OnUncleanShutdown();

    /// <summary>The past is complete: from now on events are kept in a journal. Without it rooms remember in memory only.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="wasClean">Whether the last run stored all it sent. Where not, every room goes on in a new epoch.</param>
    public void FinishRestoring(IJournal journal, bool wasClean) => _state.Rooms.FinishRestoring(journal, wasClean);

    /// <summary>Lets a client in as a guest, greets it, and puts it into the lobby.</summary>
    public Session Connect(IRecipient recipient)
    {
        var session = new Session(recipient, _state.Nicks.NextGuest(), _state.Clock.NowMs);
        _state.Nicks.Add(session.Person);
        try
        {
            Greet(session);
            return session;
        }
        catch
        {
            // Whoever lets it in has no session then, and could not take it out.
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
    }

    /// <summary>Lets a client in under a nick that it chose, into no room.</summary>
    /// <param name="recipient">The way to the client.</param>
    /// <param name="nick">The nick: well formed, and nobody has it.</param>
    /// <param name="identity">Who it says it is.</param>
    public Session Connect(IRecipient recipient, ReadOnlySpan<byte> nick, Identity identity)
    {
        var session = new Session(recipient, nick.ToArray(), _state.Clock.NowMs, identity);
        session.Person.HasChosenNick = true;
        _state.Nicks.Add(session.Person);
        return session;
    }

    /// <summary>Lets in a person who is on another server, into no room.</summary>
    /// <param name="recipient">Takes what is for this person alone, also an expulsion: to forward it, or to drop it.</param>
    /// <param name="nick">The nick: well formed, and nobody has it.</param>
    /// <param name="identity">Who it says it is.</param>
    internal Person Admit(IRecipient recipient, ReadOnlySpan<byte> nick, Identity identity)
    {
        var person = new Person(recipient, nick.ToArray(), _state.Clock.NowMs, identity) { HasChosenNick = true };
        _state.Nicks.Add(person);
        return person;
    }

    /// <summary>Who has that nick; null when nobody has.</summary>
    public Person? FindPerson(ReadOnlySpan<byte> nick) => _state.Nicks.Find(nick);

    /// <summary>The room of that name, if people are in it or it is the lobby, and the person knows of it.</summary>
    public Room? FindRoom(Person person, ReadOnlySpan<byte> name) => _state.Rooms.FindSeen(person, name);

    /// <summary>The room of that name that a server operator may change, also one in which nobody is; null for everybody else.</summary>
    public Room? FindRoomToOverride(Person person, ReadOnlySpan<byte> name) => person.IsOperator ? _state.Rooms.FindDormantToo(name)
        : null;

    /// <summary>The rooms for a list, largest first; the secret ones too.</summary>
    public Room[] ListRooms() => _state.Rooms.Listed.Snapshot();

    /// <summary>A room of a person who may not speak there, and keeps their nick for it; null where there is none.</summary>
    public static Room? FindMuting(Person person) => RoomAccess.FindMuting(person, countsModerated: true);

    /// <summary>How many of the persons are invisible.</summary>
    public int InvisibleCount { get; private set; }

    /// <summary>Makes a person invisible, or visible again. Does nothing where they are so already.</summary>
    public void SetInvisible(Person person, bool isInvisible)
    {
        if (person.IsInvisible != isInvisible)
        {
            person.IsInvisible = isInvisible;
            InvisibleCount += isInvisible ? 1 : -1;
        }
    }

    /// <summary>The message of the day: lines by LF; empty for none.</summary>
    public byte[] Motd => _state.Motd;

    /// <summary>The number from which <see cref="ReplayNext"/> shows somebody what was said last in a room before it entered.</summary>
    public long ReplayFrom(Membership membership) => HistoryCommands.ReplayFrom(_state, membership);

    /// <summary>Shows the next line that was said. One at a time, for a protocol in which a few lines may be long.</summary>
    /// <param name="session">To whom.</param>
    /// <param name="membership">Its place in the room.</param>
    /// <param name="seq">From which number on; moved behind the line.</param>
    /// <returns>False when none is left.</returns>
    public static bool ReplayNext(Session session, Membership membership, ref long seq) => HistoryCommands.ReplayNext(session, membership, ref seq);

    /// <summary>Carries a command out. Whatever the client sent wrong is a refusal, never an exception.</summary>
    /// <exception cref="InvalidOperationException">The session is gone (a bug of the caller).</exception>
    public CommandResult Execute(Session session, in Command command) => Execute(session.Person, command);

    /// <summary>
    /// Carries out a command of any person. That of a person on another server names its room, because only a session has a current one.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The person is gone, or is on another server and the command is one that a session asks (a bug of the caller).
    /// </exception>
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
        CommandKind.Away => _profiles.Away(person, command),
        CommandKind.RealName => _profiles.RealName(person, command),
        CommandKind.Topic => _rooms.Topic(person, command),
        CommandKind.Modes => _moderation.Modes(person, command),
        CommandKind.Kick => _moderation.Kick(person, command),
        CommandKind.Invite => _moderation.Invite(person, command),
        CommandKind.History => _history.History(SessionOf(person), command),
        CommandKind.Resume => _history.Resume(SessionOf(person), command),
        CommandKind.Quit => Quit(person, command.Text),
        CommandKind.Oper => Operators.Claim(SessionOf(person), command),
        CommandKind.Kill => Kill(person, command),
        CommandKind.Override => _moderation.Override(person, command),
        CommandKind.Rehash => Operators.Rehash(SessionOf(person), command),
        CommandKind.Wallops => Operators.Wallops(person, command),
        _ => throw new InvalidOperationException($"The chat does not execute {command.Kind}: the protocol answers it."),
    };

    // The past, a password and a file that is read again: the answer is for the connection that asked.
    private static Session SessionOf(Person person) =>
        person.Session ?? throw new InvalidOperationException("A person on another server asks this of that server.");

    /// <summary>Takes a session out of all its rooms and tells them why. Does nothing for one that is gone.</summary>
    public void Disconnect(Session session, string reason) => Disconnect(session.Person, reason);

    /// <summary>The same for a person on any server.</summary>
    internal void Disconnect(Person person, string reason)
    {
        if (!person.IsGone)
        {
            Leave(person, Encoding.UTF8.GetBytes(reason), isOwnWord: false);
        }
    }

    private CommandResult Quit(Person person, ReadOnlySpan<byte> reason)
    {
        var checkedReason = _state.CheckOptionalText(reason, "the reason");
        if (checkedReason.IsOk)
        {
            // What a person says must not read like the words of the server, which tells in the same place why a connection broke.
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
        SetInvisible(person, false);
        Operators.Forget(person);
        var memberships = person.Memberships;

        // Out of every room first, so that the one who left is not told, and then the news: one announcement for all rooms.
        foreach (var membership in memberships)
        {
            membership.Room.Leave(membership);
        }

        try
        {
            _state.Delivery.BeginAnnouncement();
            foreach (var membership in memberships)
            {
                _state.Publish(membership.Room, EventKind.Quit, person, isOwnWord ? RoomAccess.LastWord(membership, reason) : reason);
                _state.Rooms.RestIfEmpty(membership.Room);
            }
        }
        finally
        {
            // Those that a mistake kept from being told rest all the same.
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
