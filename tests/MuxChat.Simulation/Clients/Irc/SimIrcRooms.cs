using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// The rooms that an IRC client believes to be in. It learns only from what it is sent; who was in before it came is what the log says.
/// </summary>
internal sealed class SimIrcRooms(Link link)
{
    private const IrcCapability AsksItself = IrcCapability.Batch | IrcCapability.ChatHistory;

    private readonly List<IrcRoom> _rooms = [];

    /// <summary>Their names, in the order it entered them.</summary>
    public List<string> Names => _rooms.ConvertAll(static room => room.Name);

    public IrcRoom? Find(string name) => _rooms.Find(room => string.Equals(room.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>An event was seen.</summary>
    public void Apply(LoggedEvent seen)
    {
        var isOwn = seen.Author == link;
        switch (seen.Kind)
        {
            case EventKind.Joined when isOwn:
                Enter(seen);
                break;
            case EventKind.Left when isOwn:
                _rooms.RemoveAll(room => room.Name == seen.Room);
                break;
            case EventKind.Kicked when seen.Other == link:
                _rooms.RemoveAll(room => room.Name == seen.Room);
                break;
            case EventKind.Kicked:
                Find(seen.Room)!.Leave(seen.NewNick);
                break;
            case EventKind.Joined:
                Find(seen.Room)!.Join(seen.Nick);
                break;
            case EventKind.Left:
                Find(seen.Room)!.Leave(seen.Nick);
                break;

            // Told once, for all rooms.
            case EventKind.Quit:
                _rooms.ForEach(room => room.Leave(seen.Nick));
                break;
            case EventKind.Renamed:
                _rooms.ForEach(room => room.Rename(seen.Nick, seen.NewNick));
                break;
            case EventKind.TopicSet:
                Find(seen.Room)!.SetTopic(seen.Text);
                break;
        }
    }

    /// <summary>An answer was seen.</summary>
    public void Answered() => _rooms.ForEach(static room => room.Fresh.Clear());

    private void Enter(LoggedEvent joined)
    {
        var plan = link.World.Plan;
        var memory = joined.Memory!;
        var room = new IrcRoom(joined.Room, joined.Members, joined.Topic, memory);
        var due = new Stack<LoggedEvent>();

        // Clients that can ask for the past are not shown it.
        var replay = (((IrcView)link.View).Caps & AsksItself) == AsksItself ? 0 : plan.Chat.Replay;
        var first = Math.Max(PastCheck.FirstHeld(plan, memory, joined.Seq), joined.HeardSeq + 1);
        for (var seq = joined.Seq - 1; seq >= first && due.Count < replay; seq--)
        {
            var one = memory.Events[(int)(seq - memory.Begin)];
            if (one.Kind is EventKind.Said or EventKind.Acted)
            {
                due.Push(one);
            }
        }

        foreach (var one in due)
        {
            room.Due.Enqueue(one);
        }

        _rooms.Add(room);
    }
}
