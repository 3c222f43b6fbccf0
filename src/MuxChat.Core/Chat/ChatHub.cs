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

    /// <summary>How many sessions there are.</summary>
    public int SessionCount => _state.Nicks.Count;

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
        _state.Nicks.Add(session);
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
            Nick = session.Nick,
            Room = _state.Rooms.Lobby,
            UnixMs = _state.Clock.UnixMs,
            Text = _state.Motd,
        });
        var allowed = RoomAccess.MayEnter(session, _state.Rooms.Lobby, default);
        if (allowed.IsOk)
        {
            _rooms.Enter(session, _state.Rooms.Lobby);
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
        var session = new Session(recipient, nick.ToArray(), _state.Clock.NowMs, identity) { HasChosenNick = true };
        _state.Nicks.Add(session);
        return session;
    }

    /// <summary>Who has that nick; null when nobody has.</summary>
    public Session? FindSession(ReadOnlySpan<byte> nick) => _state.Nicks.Find(nick);

    /// <summary>The room of that name, if people are in it or it is the lobby, and the session knows of it.</summary>
    public Room? FindRoom(Session session, ReadOnlySpan<byte> name) => _state.Rooms.FindSeen(session, name);

    /// <summary>The room of that name that a server operator may change, also one in which nobody is; null for everybody else.</summary>
    public Room? FindRoomToOverride(Session session, ReadOnlySpan<byte> name) => session.IsOperator ? _state.Rooms.FindDormantToo(name)
        : null;

    /// <summary>The rooms for a list, largest first; the secret ones too.</summary>
    public Room[] ListRooms() => _state.Rooms.Listed.Snapshot();

    /// <summary>A room where a session is in and may not speak, so that it keeps its nick; null where there is none.</summary>
    public static Room? FindMuting(Session session) => RoomAccess.FindMuting(session, countsModerated: true);

    /// <summary>How many of the sessions are invisible.</summary>
    public int InvisibleCount { get; private set; }

    /// <summary>Makes a session invisible, or visible again. Does nothing where it is so already.</summary>
    public void SetInvisible(Session session, bool isInvisible)
    {
        if (session.IsInvisible != isInvisible)
        {
            session.IsInvisible = isInvisible;
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
    public CommandResult Execute(Session session, in Command command)
    {
        if (session.IsGone)
        {
            throw new InvalidOperationException("A session that has ended cannot run commands.");
        }

        _state.JournalPosition = 0;
        var result = Dispatch(session, command);
        return result.IsOk && _state.JournalPosition > 0 ? result with { Position = _state.JournalPosition } : result;
    }

    private CommandResult Dispatch(Session session, in Command command) => command.Kind switch
    {
        CommandKind.None => CommandResult.Ok(),
        CommandKind.Say => _talk.Say(session, command, EventKind.Said),
        CommandKind.Act => _talk.Say(session, command, EventKind.Acted),
        CommandKind.Nick => _rooms.Rename(session, command),
        CommandKind.Join => _rooms.Join(session, command),
        CommandKind.Part => _rooms.Part(session, command),
        CommandKind.Message => _talk.Message(session, command),
        CommandKind.Tag => _talk.Tag(session, command),
        CommandKind.Signal => _talk.Signal(session, command),
        CommandKind.Away => _profiles.Away(session, command),
        CommandKind.RealName => _profiles.RealName(session, command),
        CommandKind.Topic => _rooms.Topic(session, command),
        CommandKind.Modes => _moderation.Modes(session, command),
        CommandKind.Kick => _moderation.Kick(session, command),
        CommandKind.Invite => _moderation.Invite(session, command),
        CommandKind.History => _history.History(session, command),
        CommandKind.Resume => _history.Resume(session, command),
        CommandKind.Quit => Quit(session, command.Text),
        CommandKind.Oper => Operators.Claim(session, command),
        CommandKind.Kill => Kill(session, command),
        CommandKind.Override => _moderation.Override(session, command),
        CommandKind.Rehash => Operators.Rehash(session, command),
        CommandKind.Wallops => Operators.Wallops(session, command),
        _ => throw new InvalidOperationException($"The chat does not execute {command.Kind}: the protocol answers it."),
    };

    /// <summary>Takes a session out of all its rooms and tells them why. Does nothing for one that is gone.</summary>
    public void Disconnect(Session session, string reason)
    {
        if (!session.IsGone)
        {
            Leave(session, Encoding.UTF8.GetBytes(reason), isOwnWord: false);
        }
    }

    private CommandResult Quit(Session session, ReadOnlySpan<byte> reason)
    {
        var checkedReason = _state.CheckOptionalText(reason, "the reason");
        if (checkedReason.IsOk)
        {
            // What a person says must not read like the words of the server, which tells in the same place why a connection broke.
            Leave(session, reason.IsEmpty ? default : [.. "Quit: "u8, .. reason], isOwnWord: true);
        }

        return checkedReason;
    }

    private CommandResult Kill(Session session, in Command command)
    {
        var checkedKill = Operators.CheckKill(session, command, out var victim);
        if (checkedKill.IsOk)
        {
            Leave(victim!, Operators.Expel(session, victim!, command.Text), isOwnWord: false);
        }

        return checkedKill;
    }

    private void Leave(Session session, ReadOnlySpan<byte> reason, bool isOwnWord)
    {
        session.IsGone = true;
        SetInvisible(session, false);
        Operators.Forget(session);
        var memberships = session.Memberships;

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
                _state.Publish(membership.Room, EventKind.Quit, session, isOwnWord ? RoomAccess.LastWord(membership, reason) : reason);
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

            session.LeaveAll();
            session.Current = null;
            _state.Nicks.Remove(session);
        }
    }
}
