using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.History;

/// <summary>
/// How far persons had heard the rooms that they left, so that they are not shown the same again when they come back.
/// </summary>
/// <remarks>
/// It is known only of persons who left a room, were put out of it, or quit. The server cannot tell what arrived at the end of a connection
/// that broke. A person is known again by nick, user and host. The list is lost with the process.
/// </remarks>
internal sealed class HeardList
{
    /// <summary>Departures that are remembered: 1,000. The next one then replaces the oldest.</summary>
    public const int MaxRemembered = 1000;

    private readonly Queue<Departure> _last = new();

    /// <summary>A person leaves a room and has heard all its events.</summary>
    public void Note(Person person, Room room)
    {
        if (_last.Count == MaxRemembered)
        {
            _last.Dequeue();
        }

        _last.Enqueue(new Departure(person.Nick, person.DescribeIdentity(), room.Epoch, room.LastSeq));
    }

    /// <summary>Returns the number of the last event that a person heard before they left the room; 0 if it is unknown.</summary>
    public long LastOf(Person person, Room room)
    {
        var heard = 0L;
        foreach (var one in _last)
        {
            if (one.Epoch == room.Epoch && AsciiCaseInsensitive.AreEqual(one.Nick, person.Nick) && AreSame(one.Identity, person.Identity))
            {
                heard = one.Seq;
            }
        }

        return heard;
    }

    private static bool AreSame(Identity one, Identity other) =>
        one.User.AsSpan().SequenceEqual(other.User) && one.Host.AsSpan().SequenceEqual(other.Host);

    private sealed record Departure(byte[] Nick, Identity Identity, long Epoch, long Seq);
}
