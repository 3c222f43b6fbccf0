using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Delivery;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Moderation;

namespace MuxChat.Simulation.Past;

/// <summary>
/// What one room must remember, by the protocol's description: a run of numbers without a gap, of which it holds the last so many.
/// </summary>
internal sealed class RoomMemory(string key, string name)
{
    // The numbers after which everything before was forgotten.
    private readonly List<long> _forgotten = [];
    private bool _isClosed;

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

    /// <summary>Whether what it lets whom do is as in a new room.</summary>
    public bool HasDefaultRules { get; set; } = true;

    /// <summary>While the past is restored: whether it was closed to strangers at its last event.</summary>
    public bool WasClosed { get; private set; }

    /// <summary>Whether the journal was ever handed how it stands, or gave it back.</summary>
    public bool HasStanding { get; set; }

    /// <summary>Whether a start was told how it stood, before all events.</summary>
    public bool IsExpected { get; set; }

    /// <summary>When it was made; 0 where that is not foreseen.</summary>
    public long CreatedUnixMs { get; set; }

    public int Members { get; set; }

    /// <summary>All events of the run that were there when it began, and since.</summary>
    public List<LoggedEvent> Events { get; private set; } = [];

    /// <summary>The number of the first of them.</summary>
    public long Begin => LastSeq - Events.Count + 1;

    /// <summary>Whether nobody has decided anything about it, and nothing was said in the last so many events.</summary>
    public bool IsSilent(int events) => Topic.Length == 0 && HasDefaultRules
        && !Events.TakeLast((int)Math.Min(events, LastSeq - FirstKept(LastSeq) + 1))
            .Any(static past => past.IsSaid);

    /// <summary>The first number that was not forgotten when the last was this one.</summary>
    public long FirstKept(long last) =>
        _forgotten.FindLast(behind => behind <= last) is > 0 and var behind ? Math.Max(Begin, behind + 1) : Begin;

    /// <summary>All that happened so far is forgotten, and the numbers go on.</summary>
    public void ForgetPast() => _forgotten.Add(LastSeq);

    /// <summary>What comes next does not continue what was held. The list of before stays as it was for who still reads it.</summary>
    public void Restart(long lastSeq)
    {
        Events = [];
        _forgotten.Clear();
        LastSeq = lastSeq;
        LastUnixMs = 0;
    }

    /// <summary>
    /// It may be that the server forgot it between two events that were restored, because its memory was short, and
    /// calls it by the later one's name.
    /// </summary>
    public void RenameIfRestored(string other)
    {
        if (Members == 0 && Events.Exists(past => past.Room == other))
        {
            Name = other;
        }
    }

    /// <summary>How it stood in an earlier life; null where that is not known.</summary>
    public RoomStanding? Restored { get; private set; }

    /// <summary>It stands as it did in an earlier life.</summary>
    public void Restore(RoomStanding standing)
    {
        Restored = standing;
        Topic = Encoding.UTF8.GetString(standing.Topic);
        CreatedUnixMs = standing.CreatedUnixMs;
        HasStanding = true;
        var state = RoomState.Of(standing);
        HasDefaultRules = state.HasDefaultRules;
        _isClosed = state.IsClosed;
    }

    /// <summary>
    /// Takes the next event of an earlier life. What was said while the room was closed is not for those who come once it is open.
    /// </summary>
    public void Restore(LoggedEvent past)
    {
        if (!past.IsClosed)
        {
            ForgetClosedPast();
        }

        WasClosed = past.IsClosed;
        Add(past);
    }

    /// <summary>All was restored.</summary>
    public void FinishRestoring()
    {
        if (!_isClosed)
        {
            ForgetClosedPast();
        }
    }

    private void ForgetClosedPast()
    {
        if (WasClosed)
        {
            WasClosed = false;
            ForgetPast();
            Topic = HasStanding ? Topic : "";
        }
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
