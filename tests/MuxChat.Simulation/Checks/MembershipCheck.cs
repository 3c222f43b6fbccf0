using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Checks;

/// <summary>Who hears a room is who is in it; nobody who is gone is; and the chat has as many sessions and rooms as there are.</summary>
internal sealed class MembershipCheck : ICheck
{
    /// <summary>
    /// Counting sessions asks each connection for its nick, which makes a string: now and then is enough, and after each mistake.
    /// </summary>
    private const int TicksBetweenCounts = 16;

    private long _mistakes;

    public void AfterTick(SimWorld world)
    {
        var hasLobby = false;
        foreach (var room in world.Log.Rooms)
        {
            hasLobby |= room.Name == "#lobby";
            Check.Fail(
                room.Listeners.Count != room.Members.Count || room.Listeners.Exists(listener => !room.Members.Contains(listener)),
                CheckNames.Membership,
                $"{room.Name} is heard by {room.Listeners.Count} and has {room.Members.Count} members");

            // When the server stops, all go at once and rooms are told nothing.
            var gone = world.IsStopping
                ? null : room.Members.Find(static member => member.Channel.IsClosed || member.Channel.IsKnownBroken);
            Check.Fail(gone is not null, CheckNames.Doomed, $"{room.Name} lists client {gone?.ClientNumber}, whose connection is gone");
        }

        var hidden = world.Life.Book is { } book ? world.Log.Rooms.Count(room => book.Of(room.Name).IsHidden) : 0;
        var rooms = world.Log.Rooms.Count + (hasLobby ? 0 : 1) - hidden;
        Check.Fail(world.Hub.RoomCount != rooms, CheckNames.Membership,
            $"the chat has {world.Hub.RoomCount} rooms, {rooms} have members or are the lobby");
        var isHit = world.Injector.Count != _mistakes;
        _mistakes = world.Injector.Count;
        if ((isHit || world.Ticks % TicksBetweenCounts == 0) && !world.IsStopping)
        {
            // A client that was killed at the end of a tick has no session any more, and is closed in the next tick.
            var sessions = world.Network.Registered.Count(channel =>
                world.ConnectionOf(channel)?.Client is { Ending: CloseReason.None } talk && talk.NickForLog.Length > 0
                    && talk.Recipient.Closing.ExpelledFor != CloseReason.Killed);
            Check.Fail(world.Hub.SessionCount != sessions, CheckNames.Membership,
                $"the chat has {world.Hub.SessionCount} sessions, {sessions} connections have one");
            Check.Fail(world.Hub.PersonCount != sessions, CheckNames.Membership,
                $"the chat knows {world.Hub.PersonCount} nicks, {sessions} connections have one");
        }
    }
}
