using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <content>Events with a number, and those whose author is no client: what a datagram says.</content>
internal sealed partial class ChatLog
{
    // The next event of a room, for all that keep count of them.
    private LoggedEvent Numbered(LoggedRoom room, in ChatEvent chatEvent, Link? author)
    {
        var newNick = Encoding.UTF8.GetString(chatEvent.NewNick);
        var happened = new LoggedEvent
        {
            Index = world.EventCount++,
            Kind = chatEvent.Kind,
            Other = chatEvent.Kind == EventKind.Kicked ? room.Members.Find(member => member.LogNick == newNick) : null,
            Room = Encoding.UTF8.GetString(chatEvent.Room!.Name),
            Seq = chatEvent.Seq,
            UnixMs = chatEvent.UnixMs,
            Nick = Encoding.UTF8.GetString(chatEvent.Nick),
            NewNick = newNick,
            Text = Encoding.UTF8.GetString(chatEvent.Text),
            Author = author,
            Sender = author is null ? life.Datagrams?.From : null,
            Epoch = chatEvent.Room.Epoch,
            Life = life.Number,
            IsNotice = chatEvent.IsNotice,
            Tags = Encoding.UTF8.GetString(chatEvent.Tags),
        };
        world.Machine.Milestones.Note(Milestone.Events);
        world.Machine.Note(TraceKind.Publish, author?.ClientNumber ?? -1, happened.Seq, (long)happened.Kind,
            "event {0} of its room, kind {1}", chatEvent.Text);
        room.Name = room.Name.Length == 0 ? happened.Room : room.Name;
        room.Real = chatEvent.Room;
        happened.Memory = life.Memories.Publish(happened, world.Clock.UnixMs);
        happened.Topic = happened.Memory.Topic;
        world.Chronicle.Add(happened);
        return happened;
    }

    // Its author is in no room, and asks for nothing: what its datagram held says what the event must be.
    private int PublishDatagram(LoggedRoom room, in ChatEvent chatEvent)
    {
        var happened = Numbered(room, chatEvent, author: null);
        Check.Fail(life.Datagrams is null, CheckNames.Log, $"{happened}: its author is no client, and there are no datagrams");
        life.Datagrams!.Said(happened);
        life.Book?.Take(happened);
        life.Journal?.Published(happened, life.Book?.Of(happened.Room));
        return Expect(room, happened);
    }
}
