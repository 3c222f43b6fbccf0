using System.Globalization;
using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// What an IRC client is shown, after the names, of what was said before it entered a room: the last lines, each once and in order. Only
/// what the room has forgotten meanwhile may be left out. A client that knows batches and times is shown them in a batch, and any other as
/// notices with the time in their text.
/// </summary>
internal sealed class IrcPast(Link link, IrcView view)
{
    private const IrcCapability KnowsPast = IrcCapability.Batch | IrcCapability.ServerTime;

    private IrcRoom? _room;
    private string? _label;
    private int _shown;

    /// <summary>The names were told.</summary>
    /// <param name="room">The room that it entered.</param>
    /// <param name="label">The label of its request.</param>
    public void Begin(IrcRoom room, string? label)
    {
        Finish();
        (_room, _label) = (room, label);
        link.World.Machine.Milestones.Note(Milestone.IrcReplays);
    }

    private bool IsBatched => (view.Caps & KnowsPast) == KnowsPast;

    /// <summary>Whether a batch of the past that begins now is this one, and not a page that the client asked for.</summary>
    public bool IsBatchDue(string room, bool isInner, bool isPageDue) => _room?.Name == room && IsBatched && isInner == (_label is not null)
        && _room.Due.Count > 0 && (isInner || !isPageDue || _room.Due.Any(due => !IsForgotten(due)));

    public void See(IrcSeen seen)
    {
        view.Fail(seen.IsReplay != IsBatched, CheckNames.Replay, seen, $"its batch is wrong, or missing: the capabilities are {view.Caps}");
        view.Fail(_room is null || _room.Name != seen[0], CheckNames.Replay, seen, $"it has not just entered that room");
        view.Labels.Belongs(seen, _label);
        while (_room!.Due.TryPeek(out var due) && !IsPieceOf(due, seen))
        {
            var isForgotten = IsForgotten(due) && _shown == 0;
            view.Fail(!isForgotten, CheckNames.Replay, seen, $"next it must be shown {due}");
            _room.Due.Dequeue();
        }

        var isDue = _room.Due.TryPeek(out var next);
        view.Fail(!isDue, CheckNames.Replay, seen, $"it was shown everything");
        view.CheckEventTags(seen, next!, isFirst: _shown == 0);
        _shown += PieceOf(next!, seen, out _).Length;
        if (_shown == next!.Text.Length)
        {
            _shown = 0;
            _room.Due.Dequeue();
        }
    }

    /// <summary>It is not in the room any more: what was still to be shown is not.</summary>
    public void Leave(string room)
    {
        if (_room?.Name == room)
        {
            (_room, _shown) = (null, 0);
        }
    }

    /// <summary>Something comes that must come after all of it.</summary>
    public void Finish()
    {
        while (_room is not null && _room.Due.TryDequeue(out var due))
        {
            Check.Fail(!IsForgotten(due) || _shown > 0, CheckNames.Replay,
                $"client {link.ClientNumber} has entered {_room.Name} and was not shown {due}");
        }

        _room = null;
    }

    private bool IsPieceOf(LoggedEvent due, IrcSeen seen)
    {
        var piece = PieceOf(due, seen, out var isAction);
        return seen.Command == (IsBatched ? due.TalkCommand : "NOTICE") && seen.Nick == due.Nick && seen.User == due.Nick
            && seen.Parameters.Count == 2 && isAction == (IsBatched && due.Kind == EventKind.Acted)
            && SimIrcText.Continues(due.Text, _shown, piece, seen);
    }

    // In a notice each piece has the time and the author before it.
    private string PieceOf(LoggedEvent due, IrcSeen seen, out bool isAction)
    {
        var piece = SimIrcText.Unwrap(seen, out isAction);
        if (IsBatched)
        {
            return piece;
        }

        var time = DateTimeOffset.FromUnixTimeMilliseconds(due.UnixMs).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var start = due.Kind == EventKind.Acted ? $"[{time}] * {due.Nick} " : $"[{time}] <{due.Nick}> ";
        return piece.StartsWith(start, StringComparison.Ordinal) ? piece[start.Length..] : "";
    }

    private bool IsForgotten(LoggedEvent due)
    {
        var (plan, memory) = (link.World.Plan, _room!.Memory);
        return plan.IsMemoryShort || due.Seq < PastCheck.FirstHeld(plan, memory, memory.LastSeq);
    }
}
