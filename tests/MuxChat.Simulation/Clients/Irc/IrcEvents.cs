using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>The part of an IRC client's view that is about its rooms: each line is the next event, or the next piece of its text.</summary>
internal sealed class IrcEvents(Link link, IrcView view)
{
    /// <summary>How much of the next event's text was shown.</summary>
    private int _shown;

    public void See(IrcSeen seen)
    {
        if (!link.Expected.TryPeek(out var next))
        {
            Unexpected(seen, null);
        }

        var expected = next.Event;
        var isNext = IrcView.IsFrom(seen, expected, link.World.Hosts)
            && (expected.Kind is EventKind.Said or EventKind.Acted ? IsPieceOf(expected, seen) : IsOf(expected, seen));
        if (!isNext)
        {
            Unexpected(seen, expected);
        }

        if (expected.Author != link)
        {
            view.Labels.Belongs(seen, label: null);
        }

        var isFirst = _shown == 0;
        view.CheckEventTags(seen, expected, isFirst);
        if (expected.Kind is EventKind.Said or EventKind.Acted)
        {
            _shown += SimIrcText.Unwrap(seen, out _).Length;
            if (_shown < expected.Text.Length)
            {
                link.World.Machine.Milestones.Note(Milestone.IrcPieces);
                return;
            }

            _shown = 0;
        }

        link.Expected.Dequeue();
        Pass(expected, seen);
    }

    /// <summary>An event was seen, or the client was told that it cannot be shown.</summary>
    /// <param name="seen">The event.</param>
    /// <param name="line">The line.</param>
    public void Pass(LoggedEvent seen, IrcSeen line)
    {
        var milestones = link.World.Machine.Milestones;
        milestones.Note(Milestone.IrcEvents);
        if (seen.Kind is EventKind.Away or EventKind.Invited)
        {
            milestones.Note(seen.Kind == EventKind.Away ? Milestone.IrcAways : Milestone.IrcInvited);
            return;
        }

        if (seen.Author == link)
        {
            view.Replies.Done(seen, line);
            if (seen.Kind is EventKind.Said or EventKind.Acted)
            {
                milestones.Note(Milestone.IrcEchoes);
            }
        }

        if (seen.Kind == EventKind.Kicked && seen.Other == link)
        {
            view.Past.Leave(seen.Room);
            view.Replies.PutOut();
        }

        link.Picture.See(seen);
        view.Rooms.Apply(seen);
    }

    private bool IsPieceOf(LoggedEvent expected, IrcSeen seen)
    {
        var piece = SimIrcText.Unwrap(seen, out var isAction);
        return seen.Parameters.Count == 2 && seen[0] == expected.Room && isAction == (expected.Kind == EventKind.Acted)
            && seen.Command == expected.TalkCommand && SimIrcText.Continues(expected.Text, _shown, piece, seen);
    }

    private bool IsOf(LoggedEvent expected, IrcSeen seen)
    {
        var text = expected.Text;
        return expected.Kind switch
        {
            EventKind.Joined => seen.Command == "JOIN" && seen[0] == expected.Room && IsExtended(expected, seen),
            EventKind.Left => seen.Command == "PART" && seen[0] == expected.Room && seen.Parameters.Count == (text.Length > 0 ? 2 : 1)
                && SimIrcText.IsCutOf(text, seen[1], seen),
            EventKind.Quit => seen.Command == "QUIT" && seen.Parameters.Count == 1 && SimIrcText.IsCutOf(text, seen[0], seen),
            EventKind.Renamed => seen.Command == "NICK" && seen.Parameters.Count == 1 && seen[0] == expected.NewNick,
            EventKind.TopicSet => seen.Command == "TOPIC" && seen[0] == expected.Room && seen.Parameters.Count == 2
                && SimIrcText.IsCutOf(text, seen[1], seen),
            EventKind.Kicked => seen.Command == "KICK" && seen.Parameters.Count == 3 && seen[0] == expected.Room
                && seen[1] == expected.NewNick && SimIrcText.IsCutOf(text.Length > 0 ? text : expected.Nick, seen[2], seen),
            EventKind.ModeSet => seen.Command == "MODE" && seen[0] == expected.Room && string.Join(' ', seen.Parameters.Skip(1)) == text,
            EventKind.Invited => seen.Command == "INVITE" && seen.Parameters.Count == 2 && seen[0] == expected.NewNick
                && seen[1] == expected.Room,
            EventKind.Away => seen.Command == "AWAY" && seen.Parameters.Count == (text.Length > 0 ? 1 : 0) && seen[0] == text,
            _ => false,
        };
    }

    // The account, which nobody has, and the real name.
    private bool IsExtended(LoggedEvent joined, IrcSeen seen)
    {
        if ((view.Caps & IrcCapability.ExtendedJoin) == 0)
        {
            return seen.Parameters.Count == 1;
        }

        var protocol = joined.Protocol;
        var realName = protocol == "irc" ? IrcWishes.RealName(joined.Actor.ClientNumber) : $"{protocol} client";
        return seen.Parameters.Count == 3 && seen[1] == "*" && seen[2] == realName;
    }

    private void Unexpected(IrcSeen seen, LoggedEvent? expected)
    {
        view.Fail(_shown > 0, CheckNames.Pieces, seen, $"{_shown} characters were shown of {expected}");
        var text = SimIrcText.Unwrap(seen, out _);
        var isOwn = seen.Command is "PRIVMSG" or "NOTICE" && seen.Nick == link.Picture.Nick && link.Intents.HasSaid(text);
        view.Fail(isOwn && expected?.Text != text, CheckNames.Echo, seen, $"it said that itself");
        view.Fail(true, CheckNames.Views, seen, $"next is {expected}");
    }
}
