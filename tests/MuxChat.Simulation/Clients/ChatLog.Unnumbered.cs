using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Moderation;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <content>What a room is told without a number: that somebody is away, or was invited.</content>
internal sealed partial class ChatLog
{
    private readonly HeardBook _heard = new();

    // Who has entered and is away, until the room is told so; null for nobody.
    private LoggedEvent? _unsaidAway;

    // It has no number, and no room remembers it.
    private int PublishAway(LoggedRoom room, in ChatEvent chatEvent, Link actor)
    {
        var text = Encoding.UTF8.GetString(chatEvent.Text);
        var happened = Unnumbered(EventKind.Away, actor, Encoding.UTF8.GetString(chatEvent.Nick), room.Name, chatEvent.UnixMs, text: text);
        world.Machine.Note(TraceKind.Publish, actor.ClientNumber, 0, (long)EventKind.Away, "away, kind {1}", chatEvent.Text);
        CheckAuthor(happened);
        Check.Fail(text.Length > 0 && !MaySpeak(happened), CheckNames.Rights, $"{happened}: its author may not speak");
        if (_unsaidAway?.Author == actor && _unsaidAway.Room == happened.Room)
        {
            world.Machine.Milestones.Note(Milestone.AwayOnEntering);
            _unsaidAway = null;
        }

        Apply(room, happened);
        return Expect(room, happened);
    }

    // Of a connection that broke nobody knows what arrived.
    private void NoteHeard(LoggedEvent left)
    {
        var isOwnWord = left.Text.Length == 0 || left.Text.StartsWith("Quit: ", StringComparison.Ordinal);
        if (left.Kind == EventKind.Left || isOwnWord)
        {
            _heard.Note(left.Actor, left);
        }
    }

    // Who enters and is away is told to be by the next event, if it may speak; only that it is an operator comes before.
    private void CheckUnsaidAway(in ChatEvent chatEvent, Link actor)
    {
        var isRank = chatEvent.Kind == EventKind.ModeSet && _unsaidAway?.Author == actor;
        Check.Fail(_unsaidAway is not null && !isRank, CheckNames.Log, $"{_unsaidAway}: the room is not told that it is away");
    }

    private void NoteEntry(LoggedEvent joined) =>
        _unsaidAway = joined.Actor.Intents.IsAway && MaySpeak(joined) ? joined : null;

    private bool MaySpeak(LoggedEvent happened) => life.Book is not { } book
        || RoomJudge.MaySpeak(book.Of(happened.Room), happened.Actor, happened.Nick) == ErrorCode.None;

    // It has no number, and no room remembers it. Who is invited is told first, and alone.
    private int PublishInvited(LoggedRoom room, in ChatEvent chatEvent, Link actor)
    {
        var nick = Encoding.UTF8.GetString(chatEvent.NewNick);
        var (by, other) = (Encoding.UTF8.GetString(chatEvent.Nick), LinkOf(nick));
        var happened = Unnumbered(EventKind.Invited, actor, by, room.Name, chatEvent.UnixMs, nick, other: other);
        world.Machine.Note(TraceKind.Publish, actor.ClientNumber, other.ClientNumber, 0, "client {0} is invited");
        CheckAuthor(happened);
        life.Book?.Take(happened);
        Apply(room, happened);
        other.Expected.Enqueue(new Expected(happened, ShowsRoom: false));
        other.Backlog.MaxAddedBytes += happened.MaxBytes;
        return Expect(room, happened);
    }

    private LoggedEvent Unnumbered(
        EventKind kind,
        Link actor,
        string nick,
        string room,
        long unixMs,
        string newNick = "",
        string text = "",
        Link? other = null)
    {
        return new LoggedEvent
        {
            Index = world.EventCount++,
            Kind = kind,
            Room = room,
            Seq = 0,
            UnixMs = unixMs,
            Nick = nick,
            NewNick = newNick,
            Text = text,
            Author = actor,
            Other = other,
            Epoch = 0,
            Life = life.Number,
        };
    }

    // People and programs always are; who is on IRC, where it asked for it: of invitations nobody does.
    private static bool IsTold(Link listener, EventKind kind) => listener.ServedBy.Protocol != "irc" || kind switch
    {
        EventKind.Away => listener.View is IrcView irc && (irc.AskedCaps & IrcCapability.AwayNotify) != 0,
        EventKind.Invited => false,
        _ => true,
    };
}
