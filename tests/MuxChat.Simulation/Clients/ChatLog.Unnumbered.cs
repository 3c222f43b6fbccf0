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
        var happened = new LoggedEvent
        {
            Index = world.EventCount++,
            Kind = EventKind.Away,
            Room = room.Name,
            Seq = 0,
            UnixMs = chatEvent.UnixMs,
            Nick = Encoding.UTF8.GetString(chatEvent.Nick),
            NewNick = "",
            Text = Encoding.UTF8.GetString(chatEvent.Text),
            Actor = actor,
            Epoch = 0,
            Life = life.Number,
        };
        world.Machine.Note(TraceKind.Publish, actor.ClientNumber, 0, (long)EventKind.Away, "away, kind {1}", chatEvent.Text);
        CheckAuthor(happened);
        Apply(room, happened);
        return Expect(room, happened);
    }

    // It has no number, and no room remembers it. Who is invited is told first, and alone.
    private int PublishInvited(LoggedRoom room, in ChatEvent chatEvent, Link actor)
    {
        var nick = Encoding.UTF8.GetString(chatEvent.NewNick);
        var happened = new LoggedEvent
        {
            Index = world.EventCount++,
            Kind = EventKind.Invited,
            Room = room.Name,
            Seq = 0,
            UnixMs = chatEvent.UnixMs,
            Nick = Encoding.UTF8.GetString(chatEvent.Nick),
            NewNick = nick,
            Text = "",
            Actor = actor,
            Other = LinkOf(nick),
            Epoch = 0,
            Life = life.Number,
        };
        world.Machine.Note(TraceKind.Publish, actor.ClientNumber, happened.Other.ClientNumber, 0, "client {0} is invited");
        CheckAuthor(happened);
        life.Book?.Take(happened);
        Apply(room, happened);
        happened.Other.Expected.Enqueue(new Expected(happened, ShowsRoom: false));
        happened.Other.Backlog.MostAddedBytes += happened.MostBytes;
        return Expect(room, happened);
    }

    // People and programs always are; who is on IRC, where it asked for it: of invitations nobody does.
    private static bool IsTold(Link listener, EventKind kind) => listener.ServedBy.Protocol != "irc" || kind switch
    {
        EventKind.Away => listener.View is IrcView irc && (irc.AskedCaps & IrcCapability.AwayNotify) != 0,
        EventKind.Invited => false,
        _ => true,
    };
}
