using MuxChat.Core.Chat.History;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Past;

/// <summary>
/// How far clients had heard the rooms that they left, in one life of the server: who comes back to a room under the same nick, user and
/// host is not shown again what it heard.
/// </summary>
internal sealed class HeardBook
{
    private readonly Queue<(string Who, long Epoch, long Seq)> _last = new();

    /// <summary>A client has left a room, was put out of it, or quits.</summary>
    public void Note(Link who, LoggedEvent left)
    {
        _last.Enqueue((NameOf(who), left.Epoch, left.Seq));
        if (_last.Count > HeardList.MaxRemembered)
        {
            _last.Dequeue();
        }
    }

    /// <summary>The last event that a client heard before it left the room that it enters now; 0 where it is not known.</summary>
    public long LastOf(Link who, LoggedEvent joined) =>
        _last.LastOrDefault(one => one.Epoch == joined.Epoch && one.Who == NameOf(who)).Seq;

    private static string NameOf(Link who)
    {
        var host = who.Channel.Address.IsLoopback ? "localhost" : who.Channel.Address.Prefix.ToString("x", null);
        return $"{who.LogNick!.ToLowerInvariant()}!{who.ShownUser}@{host}";
    }
}
