using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <content>What operators do, of rooms and of the server.</content>
internal sealed partial class ChatLog
{
    /// <summary>A server operator disconnects somebody, and is about to tell it and its rooms.</summary>
    /// <param name="killer">Who does it.</param>
    /// <param name="victim">To whom.</param>
    /// <param name="nick">The victim's nick.</param>
    public void Killed(Link killer, Link victim, string nick)
    {
        var happened = Unnumbered(EventKind.Killed, killer, NickOf(killer), room: "", world.Clock.UnixMs, nick);
        world.Machine.Note(TraceKind.Publish, killer.ClientNumber, victim.ClientNumber, 0, "client {0} is disconnected");
        Check.Fail(!killer.IsServerOperator, CheckNames.Rights, $"{happened}: client {killer.ClientNumber} is no server operator");
        killer.Intents.Match(happened);
        victim.NoteKilled(killer.Intents.LastDone!, happened.Nick);
    }

    /// <summary>Who has a nick: somebody must.</summary>
    public Link LinkOf(string nick) => LinkOf(life.Hub.FindPerson(Encoding.UTF8.GetBytes(nick))!.Session!.Recipient);

    private string NickOf(Link link) => world.ConnectionOf(link.Channel)!.Client.NickForLog;

    // Its rooms are told why it was disconnected, in the words of who did it.
    private static bool IsOfKill(LoggedEvent happened)
    {
        if (happened.Kind != EventKind.Quit || happened.Actor is not { KilledBy: { } by } victim)
        {
            return false;
        }

        Check.Fail(happened.Text != victim.KilledWith, CheckNames.Rights, $"{happened}: it was disconnected as '{victim.KilledWith}'");
        by.Event = by.Event is { Kind: EventKind.Quit } first ? first : happened;
        by.LastEvent = happened;
        return true;
    }

    private static void PutOut(LoggedRoom room, LoggedEvent kicked)
    {
        var member = kicked.Other!;
        var isTold = room.Listeners.Contains(member);
        Check.Fail(!isTold, CheckNames.Membership, $"{kicked}: client {member.ClientNumber} does not hear it");
        Leave(room, member);
        member.IsCurrentUnsure = true;
    }

    private static void Leave(LoggedRoom room, Link member)
    {
        room.Members.Remove(member);
        member.Rooms.Remove(room);
        member.Current = ReferenceEquals(member.Current, room) ? member.Rooms.LastOrDefault() : member.Current;
    }
}
