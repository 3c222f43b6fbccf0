using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <content>What a room is told without a number: that somebody is away, or was invited.</content>
internal sealed partial class ChatLog
{
    // It has no number, and no room remembers it.
    private int PublishAway(LoggedRoom room, in ChatEvent chatEvent, Link actor)
    {
        var text = Encoding.UTF8.GetString(chatEvent.Text);
        var happened = Unnumbered(EventKind.Away, actor, Encoding.UTF8.GetString(chatEvent.Nick), room.Name, chatEvent.UnixMs, text: text);
        world.Machine.Note(TraceKind.Publish, actor.ClientNumber, 0, (long)EventKind.Away, "away, kind {1}", chatEvent.Text);
        CheckAuthor(happened);
        Apply(room, happened);
        return Expect(room, happened);
    }

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
