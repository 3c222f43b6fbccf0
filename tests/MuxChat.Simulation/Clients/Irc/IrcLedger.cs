using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// What an IRC client must be told of those it watches, and of the past it asked for: noted when the server carries a request out, or when
/// a nick comes or goes, and crossed out as the client sees it, in that order.
/// </summary>
internal sealed class IrcLedger(Link link, IrcView view)
{
    private readonly Queue<LedgerEntry> _due = new();
    private LedgerEntry? _page;
    private int _shown;
    private bool _isPageShown;

    /// <summary>The server has done something that the client must be told.</summary>
    public void Add(LedgerEntry entry) => _due.Enqueue(entry);

    /// <summary>A line about nicks that are watched, with one or more of them.</summary>
    public void SeeWatched(IrcSeen seen)
    {
        view.Fail(seen.Tags.Count > 0 || seen.Nick != IrcView.Server,
            CheckNames.Tags, seen, $"an answer has no tags here, and is from the server");
        if (seen.Command is "733" or "734")
        {
            var entry = Next(seen, seen.Command);
            var isTrue = seen.Command == "733" || (seen[1] == $"{NickLog.MaxWatched}" && seen[2] == entry.Text);
            view.Fail(!isTrue, CheckNames.Monitor, seen, $"it must be {entry}");
            return;
        }

        foreach (var target in seen.Last.Split(','))
        {
            var entry = Next(seen, seen.Command);
            view.Fail(!IsTarget(entry, target),
                CheckNames.Monitor, seen, $"'{target}' must be {entry.Text}, client {entry.Who?.Link.ClientNumber}");
            view.Milestones.Note(Milestone.IrcWatched);
        }
    }

    /// <summary>A pong: all that was to be told before it must have been seen.</summary>
    public void SeePong(IrcSeen seen)
    {
        if (link.World.Life.Nicks is not null)
        {
            view.Fail(_page is not null, CheckNames.ChatHistory, seen, $"the page of {_page?.Room} has not ended");
            Next(seen, LedgerEntry.Pong);
        }
    }

    /// <summary>A request for the past is refused.</summary>
    public void SeeFail(IrcSeen seen)
    {
        var entry = Next(seen, LedgerEntry.Fail);
        view.Fail(entry.Text != seen[1], CheckNames.ChatHistory, seen, $"it must be {entry.Text}");
    }

    /// <summary>Whether a page of a room's past is what comes next.</summary>
    public bool IsPageDue(string room) => _due.TryPeek(out var next) && next.Code == LedgerEntry.Page && next.Room == room;

    /// <summary>A batch with a page of the past begins.</summary>
    public void BeginPage(IrcSeen seen)
    {
        _page = Next(seen, LedgerEntry.Page);
        (_shown, _isPageShown) = (0, false);
        view.Fail(seen.Parameters.Count != 3 || seen[2] != _page.Room, CheckNames.ChatHistory, seen, $"it must be of {_page.Room}");
        var isEnd = LedgerEntry.IsEndOfPages(seen);
        view.Fail(isEnd != _page.IsEnd && (isEnd || !_page.MayBeUnknown), CheckNames.ChatHistory, seen,
            $"it is the last one: {_page.IsEnd}");
    }

    /// <summary>
    /// A line of the page: the next event, or the next piece of its text. What the room has forgotten meanwhile may be left out.
    /// </summary>
    public void SeePast(IrcSeen seen)
    {
        _isPageShown = true;
        while (_page!.Events.TryPeek(out var due) && !IsPast(due, seen))
        {
            view.Fail(_shown > 0 || !IsForgotten(due), CheckNames.ChatHistory, seen, $"next it must be shown {due}");
            _page.Events.Dequeue();
        }

        view.Fail(!_page.Events.TryPeek(out var next), CheckNames.ChatHistory, seen, $"the page was complete");
        view.CheckEventTags(seen, next!, isFirst: _shown == 0);
        if (next!.Kind is EventKind.Said or EventKind.Acted)
        {
            _shown += SimIrcText.Unwrap(seen, out _).Length;
            if (_shown < next.Text.Length)
            {
                return;
            }
        }

        _shown = 0;
        _page.Events.Dequeue();
        view.Milestones.Note(Milestone.IrcPastLines);
    }

    /// <summary>The page ends.</summary>
    public void EndPage(IrcSeen seen)
    {
        var isCutShort = view.Rooms.Find(_page!.Room) is null;
        view.Fail(_shown > 0,
            CheckNames.ChatHistory, seen, $"{_shown} characters were shown of {(_shown > 0 ? _page.Events.Peek() : null)}");
        var isUnknown = _page.MayBeUnknown && !_isPageShown;
        foreach (var left in _page.Events)
        {
            view.Fail(!isCutShort && !isUnknown && !IsForgotten(left), CheckNames.ChatHistory, seen, $"it was not shown {left}");
        }

        _page = null;
        view.Milestones.Note(Milestone.IrcPastPages);
    }

    private LedgerEntry Next(IrcSeen seen, string code)
    {
        var isDue = _due.TryDequeue(out var entry);
        var blamed = entry?.Code is LedgerEntry.Page or LedgerEntry.Fail || (!isDue && code is LedgerEntry.Page or LedgerEntry.Fail)
            ? CheckNames.ChatHistory : CheckNames.Monitor;
        view.Fail(entry?.Code != code, blamed, seen, $"next it must be told {entry}");
        view.Fail(entry!.To.Length > 0 && seen[0] != entry.To, CheckNames.Monitor, seen, $"it must be addressed to {entry.To}");
        view.Labels.Belongs(seen, code == LedgerEntry.Pong ? seen.Label : entry.Label);
        return entry;
    }

    private static bool IsTarget(LedgerEntry entry, string target)
    {
        if (entry.Who is not { } who)
        {
            return target == entry.Text;
        }

        var (bang, at) = (target.IndexOf('!', StringComparison.Ordinal), target.IndexOf('@', StringComparison.Ordinal));
        var user = who.Link.ShownUserIn(who.Protocol);
        return bang > 0 && at > bang && target[..bang] == entry.Text && target[(bang + 1)..at] == user
            && who.Link.World.Hosts.IsHostOf(who.Link, target[(at + 1)..]);
    }

    // Whoever did it is known by nick alone.
    private bool IsPast(LoggedEvent past, IrcSeen seen)
    {
        var text = past.Text;

        // With little memory, the server may have forgotten the room between two visitors who spelled its name differently. After a
        // restart it uses the first spelling for everything that it restored.
        var isRoom = string.Equals(seen[0], past.Room,
            link.World.Plan.IsMemoryShort ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        return seen.Nick == past.Nick && seen.User == past.Nick && seen.Host == "history" && past.Kind switch
        {
            EventKind.Said or EventKind.Acted => seen.Command == past.TalkCommand && isRoom && seen.Parameters.Count == 2
                && SimIrcText.Unwrap(seen, out var isAction) is var piece && isAction == (past.Kind == EventKind.Acted)
                && SimIrcText.Continues(text, _shown, piece, seen),
            EventKind.Joined => seen.Command == "JOIN" && isRoom && IsJoin(past, seen),
            EventKind.Left => seen.Command == "PART" && isRoom && SimIrcText.IsCutOf(text, seen[1], seen),
            EventKind.Quit => seen.Command == "QUIT" && SimIrcText.IsCutOf(text, seen[0], seen),
            EventKind.Renamed => seen.Command == "NICK" && seen[0] == past.NewNick,
            EventKind.TopicSet => seen.Command == "TOPIC" && isRoom && SimIrcText.IsCutOf(text, seen[1], seen),
            EventKind.Kicked => seen.Command == "KICK" && isRoom,
            EventKind.ModeSet => seen.Command == "MODE" && isRoom,
            _ => false,
        };
    }

    private bool IsJoin(LoggedEvent past, IrcSeen seen) => (view.Caps & IrcCapability.ExtendedJoin) == 0
        ? seen.Parameters.Count == 1
        : seen.Parameters.Count == 3 && seen[1] == "*" && seen[2] == past.Nick;

    private bool IsForgotten(LoggedEvent past) =>
        link.World.Plan.IsMemoryShort || past.Seq < PastCheck.FirstHeld(link.World.Plan, _page!.Memory!, _page.Memory!.LastSeq);
}
