using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Moderation;

namespace MuxChat.Simulation.Checks;

/// <summary>
/// How the chat's rooms stand is how they must stand by what happened in them; and who was disconnected by an operator is gone.
/// </summary>
internal sealed class StandingCheck : ICheck
{
    public void AfterTick(SimWorld world)
    {
        // When the server stops, all go at once and rooms are told nothing.
        if (world.Life.Book is not { } book || world.IsStopping)
        {
            return;
        }

        foreach (var room in world.Log.Rooms)
        {
            if (room.Real is { } real)
            {
                Compare(room, real, book.Of(room.Name));
                CompareInvited(world, real, book.Of(room.Name));
            }
        }

        foreach (var channel in world.Network.Registered)
        {
            var isLeft = channel.Far is Link { KilledBy: not null } link && link.KilledInTick + 1 < world.Ticks
                && world.ConnectionOf(channel) is { Client.Ending: CloseReason.None };
            Check.Fail(isLeft, CheckNames.Ending, $"client {channel.Far.ClientNumber} was killed, and its connection goes on");
        }
    }

    private static void Compare(LoggedRoom room, Room real, RoomState state)
    {
        var modes = Encoding.UTF8.GetString(real.Rules.Describe(showsKey: true));
        var shown = state.Describe();
        Check.Fail(modes != shown, CheckNames.Standing, $"{room.Name} has the modes {modes}, and by its events {shown}");
        CompareMasks(room, real, state, 'b');
        CompareMasks(room, real, state, 'e');
        CompareMasks(room, real, state, 'I');
        foreach (var member in real.Members)
        {
            var link = ChatLog.LinkOf(member.Person.Session!.Recipient);
            var rank = $"{((member.Rank & MemberRank.Operator) != 0 ? "o" : "")}{((member.Rank & MemberRank.Voice) != 0 ? "v" : "")}";
            Check.Fail(
                rank != state.RankOf(link),
                CheckNames.Standing,
                $"client {link.ClientNumber} is '{rank}' in {room.Name}, and by its events '{state.RankOf(link)}'");
        }
    }

    private static void CompareMasks(LoggedRoom room, Room real, RoomState state, char letter)
    {
        var masks = new List<string>();
        foreach (var entry in real.Rules.ListOf(letter)!.Entries)
        {
            masks.Add(Encoding.UTF8.GetString(entry.Mask));
        }

        var isSame = masks.SequenceEqual(state.ListOf(letter));
        Check.Fail(
            !isSame,
            CheckNames.Standing,
            $"{room.Name} has the masks {letter} {string.Join(' ', masks)}, and by its events {string.Join(' ', state.ListOf(letter))}");
    }

    private static void CompareInvited(SimWorld world, Room real, RoomState state)
    {
        foreach (var other in world.Log.Rooms)
        {
            foreach (var link in other.Members)
            {
                var person = world.Hub.FindPerson(Encoding.UTF8.GetBytes(link.LogNick!));
                var isInvited = person is not null && real.Rules.IsInvited(person);
                Check.Fail(
                    person is not null && isInvited != state.Invited.Contains(link),
                    CheckNames.Standing,
                    $"client {link.ClientNumber} is invited to {state}: {isInvited}, and by its events not so");
            }
        }
    }
}
