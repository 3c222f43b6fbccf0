using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Moderation;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// All requests of one connection, in order, against what the chat did: each event has its request, at most once and in
/// order, and no request is lost.
/// </summary>
internal sealed class IntentLog(Link link)
{
    private readonly List<Intent> _intents = [];
    private readonly List<string> _possibleNicks = [];
    private int _executed;

    public IReadOnlyList<Intent> All => _intents;

    /// <summary>Requests that had an event in a room.</summary>
    public int Matched { get; private set; }

    public void Add(Intent intent)
    {
        intent.Index = _intents.Count;
        _intents.Add(intent);
    }

    /// <summary>The request that was matched last.</summary>
    public Intent? LastDone => _executed > 0 ? _intents[_executed - 1] : null;

    /// <summary>Whether the client is surely away. Before its login ends AWAY is refused, which an event before it rules out.</summary>
    public bool IsAway => LastAway is { Text.Length: > 0 } away && EventBefore(away) is not null;

    private Intent? LastAway => _intents.Take(_executed).LastOrDefault(static intent => intent.Kind == IntentKind.Away);

    /// <summary>The lobby says that this client is its operator: it may have entered just now, and is answered for both.</summary>
    public void NoteRank(LoggedEvent rank)
    {
        if (LastDone is { Kind: IntentKind.Join or IntentKind.Resume, Event: { } entered } asked && SameRoom(entered.Room, rank.Room))
        {
            asked.Rank = rank;
        }
    }

    /// <summary>Finds the request behind an event; those before it are carried out by then.</summary>
    public void Match(LoggedEvent happened)
    {
        // A new nick is told once for each room, and so is being away.
        if (happened.Kind == EventKind.Renamed && _executed > 0 && _intents[_executed - 1].Event is { Kind: EventKind.Renamed } before
            && before.NewNick == happened.NewNick)
        {
            _intents[_executed - 1].LastEvent = happened;
            return;
        }

        if (happened.Kind == EventKind.Away && _executed > 0 && _intents[_executed - 1].Event is { Kind: EventKind.Away } told
            && told.Text == happened.Text)
        {
            return;
        }

        // A room that an away client has entered is told so.
        if (happened.Kind == EventKind.Away && LastDone is { Event: { Kind: EventKind.Joined } entered }
            && SameRoom(entered.Room, happened.Room) && happened.Text.Length > 0 && LastAway?.Text == happened.Text)
        {
            return;
        }

        // Who resumes under a nick takes it first, and enters then.
        if (happened.Kind == EventKind.Joined && _executed > 0
            && _intents[_executed - 1] is { Kind: IntentKind.Resume, Event.Kind: EventKind.Renamed } resumed
            && SameRoom(resumed.Room, happened.Room))
        {
            resumed.Event = happened;
            resumed.LastEvent = happened;
            return;
        }

        for (var i = _executed; i < _intents.Count; i++)
        {
            if (Fits(_intents[i], happened))
            {
                if (_intents[i].Kind == IntentKind.Resume)
                {
                    // In no room at all it takes the nick without anybody being told.
                    _possibleNicks.Add(_intents[i].Nick);
                }

                _intents[i].Event = happened;
                _intents[i].LastEvent = happened;
                _executed = i + 1;
                Matched++;
                return;
            }

            Skip(_intents[i]);
        }

        throw new CheckFailedException(CheckNames.Log,
            $"client {link.ClientNumber} did not ask for this, or not once more, or not after what it asked for later: {happened}");
    }

    /// <summary>A request was answered: those before it are carried out by then.</summary>
    public void AdvanceBehind(Intent intent)
    {
        for (; _executed <= intent.Index; _executed++)
        {
            Skip(_intents[_executed]);
        }
    }

    /// <summary>
    /// Whether the same was asked before and it is not known yet what became of it: asked twice, it could not be told which of the two was
    /// done. To enter a room and to take a nick can each be asked in two ways.
    /// </summary>
    public bool IsPending(Intent intent) => _intents.FindIndex(_executed, other =>
        (IsOfOperators(other) && other.Kind == intent.Kind && SameRoom(other.Room, intent.Room) && SameName(other.Nick, intent.Nick)
            && (intent.Kind != IntentKind.Mode || ModeText.MayTellTheSame(other.Text, intent.Text)))
        || (Enters(other) && Enters(intent) && SameRoom(other.Room, intent.Room))
        || (TakesNick(other) && TakesNick(intent) && other.Nick == intent.Nick)) >= 0;

    /// <summary>Whether this client said that itself; every text is said once.</summary>
    public bool HasSaid(string text) => _intents.Exists(intent => intent.Kind is IntentKind.Say or IntentKind.Act && intent.Text == text);

    /// <summary>Whether it wrote to somebody of that name.</summary>
    public bool HasWrittenTo(string nick) =>
        _intents.Exists(intent =>
        intent.Kind == IntentKind.Message && string.Equals(intent.Nick, nick, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether somebody outside all rooms may have taken this nick without anybody being told.</summary>
    public bool MayBeCalled(string nick) => _possibleNicks.Contains(nick);

    /// <summary>The last event before a request of its own.</summary>
    public LoggedEvent? EventBefore(Intent intent)
    {
        for (var i = intent.Index - 1; i >= 0; i--)
        {
            if (_intents[i].Event is not null)
            {
                return _intents[i].Event;
            }
        }

        return null;
    }

    private static bool IsOfOperators(Intent intent) =>
        intent.Kind is IntentKind.Mode or IntentKind.Kick or IntentKind.Invite or IntentKind.Kill;

    private static bool Enters(Intent intent) => intent.Kind is IntentKind.Join or IntentKind.Resume;

    private static bool TakesNick(Intent intent) => intent.Kind is IntentKind.Nick or IntentKind.Resume && intent.Nick.Length > 0;

    // On IRC a topic has a length, and what is longer is cut (TOPICLEN).
    private static string TopicOf(Intent intent, LoggedEvent happened) =>
        happened.Actor.ServedBy.Protocol == "irc" ? SimIrcText.Cut(intent.Text, IrcClientModel.TopicBytes) : intent.Text;

    private bool Fits(Intent intent, LoggedEvent happened) => happened.Kind switch
    {
        EventKind.Said => intent.Kind == IntentKind.Say && intent.Text == happened.Text && intent.IsNotice == happened.IsNotice
            && IsMeant(intent, happened),
        EventKind.Shared => intent.Kind is IntentKind.Share or IntentKind.Chunk && intent.File!.MayBecome(happened.Text)
            && (intent.Room.Length == 0 || SameRoom(intent.Room, happened.Room)),
        EventKind.Acted => intent.Kind == IntentKind.Act && intent.Text == happened.Text && IsMeant(intent, happened),
        EventKind.TopicSet => intent.Kind == IntentKind.Topic && TopicOf(intent, happened) == happened.Text && IsMeant(intent, happened),
        EventKind.Left => intent.Kind == IntentKind.Part && IsLastWord(intent, happened) && IsMeant(intent, happened),
        EventKind.ModeSet => intent.Kind == IntentKind.Mode && IsMeant(intent, happened)
            && Book is { } book && ModeText.Of(book.Of(happened.Room), intent.Text).Told == happened.Text,
        EventKind.Kicked => intent.Kind == IntentKind.Kick && intent.Text == happened.Text && IsMeant(intent, happened)
            && SameName(intent.Nick, happened.NewNick),
        EventKind.Invited => intent.Kind == IntentKind.Invite && IsMeant(intent, happened) && SameName(intent.Nick, happened.NewNick),
        EventKind.Killed => intent.Kind == IntentKind.Kill && SameName(intent.Nick, happened.NewNick),
        EventKind.Joined => intent.Kind is IntentKind.Join or IntentKind.Resume && SameRoom(intent.Room, happened.Room),
        EventKind.Renamed => intent.Kind is IntentKind.Nick or IntentKind.Resume && intent.Nick == happened.NewNick,
        EventKind.Away => intent.Kind == IntentKind.Away && intent.Text == happened.Text,
        EventKind.Quit => intent.Kind == IntentKind.Quit && IsLastWord(intent, happened),
        _ => false,
    };

    private RoomBook? Book => link.Life.Book;

    private bool IsMeant(Intent intent, LoggedEvent happened) => intent.Room.Length > 0
        ? SameRoom(intent.Room, happened.Room)
        : (link.Current is not null && link.Current.Name == happened.Room)
            || (link.IsCurrentUnsure && link.Rooms.Exists(room => room.Name == happened.Room));

    // Who may not speak leaves without a word: the book of rooms looks at that.
    private bool IsLastWord(Intent intent, LoggedEvent left) => (Book is not null && left.Text.Length == 0)
        || (intent.Text.Length > 0 && left.Kind == EventKind.Quit ? "Quit: " : "") + intent.Text == left.Text;

    private static bool SameRoom(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool SameName(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    // Where nobody changes modes, nobody may set the lobby's topic.
    private bool IsOfLobby(Intent intent) => SameRoom(intent.Room.Length > 0 ? intent.Room : link.Current!.Name, RoomBook.Lobby);

    // It is carried out, and no room was told. Where that cannot be, it was lost.
    private void Skip(Intent intent)
    {
        if (link.Life.Refusals is { } refusals)
        {
            var isLost = (intent.Kind == IntentKind.Quit && link.Rooms.Count > 0) || refusals.IsLost(link, intent);
            Check.Fail(isLost, CheckNames.Refusals, $"client {link.ClientNumber} asked for something that was lost: {intent}");
        }

        var isInside = intent.Room.Length == 0 ? link.Current is not null : link.Rooms.Exists(room => SameRoom(room.Name, intent.Room));
        switch (intent.Kind)
        {
            case IntentKind.Join or IntentKind.Resume when isInside:
                link.Current = link.Rooms.Find(room => SameRoom(room.Name, intent.Room));
                break;
            case IntentKind.Nick when link.Rooms.Count == 0:
                _possibleNicks.Add(intent.Nick);
                break;
            case IntentKind.Say or IntentKind.Act or IntentKind.Part when isInside && Book is null:
            case IntentKind.Topic when isInside && Book is null && intent.Text.Length > 0 && !IsOfLobby(intent):
            case IntentKind.Quit when link.Rooms.Count > 0 && Book is null:
                throw new CheckFailedException(CheckNames.Log, $"client {link.ClientNumber} asked for something that was lost: {intent}");
        }
    }
}
