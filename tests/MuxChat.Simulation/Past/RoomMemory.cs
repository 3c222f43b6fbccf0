using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Past;

/// <summary>What one room must remember, by the protocol's description: a run of numbers without a gap, of which it holds the last so many.</summary>
internal sealed class RoomMemory(string key, string name)
{
    public string Key => key;

    /// <summary>The name as its first visitor spelled it.</summary>
    public string Name { get; private set; } = name;

    /// <summary>From where its first visitor came; null where it was restored.</summary>
    public PeerAddress? MadeFrom { get; init; }

    /// <summary>The epoch of its next event; 0 for one that was never given to any room.</summary>
    public long Epoch { get; set; }

    public long LastSeq { get; private set; }

    /// <summary>When the last event happened; 0 before the first, which is long ago.</summary>
    public long LastUnixMs { get; private set; }

    public string Topic { get; private set; } = "";

    /// <summary>Whether the journal was ever handed how it stands, or gave it back.</summary>
    public bool HasStanding { get; set; }

    /// <summary>When it was made; 0 where that is not foreseen.</summary>
    public long CreatedUnixMs { get; set; }

    public int Members { get; set; }

    /// <summary>All events of the run that were there when it began, and since.</summary>
    public List<LoggedEvent> Events { get; private set; } = [];

    /// <summary>The number of the first of them.</summary>
    public long Begin => LastSeq - Events.Count + 1;

    /// <summary>Whether nobody has decided anything about it, and nothing was said in the last so many events.</summary>
    public bool IsSilent(int events) => Topic.Length == 0 && !Events.TakeLast(events).Any(static past => past.Kind is EventKind.Said or EventKind.Acted);

    /// <summary>What comes next does not continue what was held. The list of before stays as it was for who still reads it.</summary>
    public void Restart(long lastSeq)
    {
        Events = [];
        LastSeq = lastSeq;
        LastUnixMs = 0;
    }

    /// <summary>
    /// It may be that the server forgot it between two events that were restored, because its memory was short, and calls it by the later one's name.
    /// </summary>
    public void RenameIfRestored(string other)
    {
        if (Members == 0 && Events.Exists(past => past.Room == other))
        {
            Name = other;
        }
    }

    /// <summary>It stands as it did in an earlier life.</summary>
    public void Restore(RoomStanding standing)
    {
        Topic = Encoding.UTF8.GetString(standing.Topic);
        CreatedUnixMs = standing.CreatedUnixMs;
        HasStanding = true;
    }

    /// <summary>Takes the next event.</summary>
    public void Add(LoggedEvent happened)
    {
        LastSeq = happened.Seq;
        LastUnixMs = happened.UnixMs;
        Epoch = happened.Epoch;
        Topic = happened.Kind == EventKind.TopicSet ? happened.Text : Topic;
        Events.Add(happened);
    }
}
