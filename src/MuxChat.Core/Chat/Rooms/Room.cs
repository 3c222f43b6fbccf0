using System.Runtime.InteropServices;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>
/// A group of persons who hear each other, and what it remembers. Owned by the hub. Invariant: <see cref="LastSeq"/> grows by one with
/// every event, and every event reaches the members there are at that moment, in that order. A room without members is dormant: it
/// remembers, and nobody sees it.
/// </summary>
public sealed class Room
{
    // Events that are looked at for something said.
    private const int SilentEvents = 256;

    // Bytes of a standing that are as cheap to keep as a line.
    private const int CheapStandingBytes = 4096;

    private readonly List<Membership> _members = [];

    private readonly RoomOrder _order;

    internal Room(byte[] name, IRoomSubscribers subscribers, EventLog log, RoomOrder order)
    {
        Name = name;
        Subscribers = subscribers;
        Log = log;
        _order = order;
    }

    /// <summary>The name, with its <c>#</c>, as its first visitor spelled it.</summary>
    public byte[] Name { get; }

    /// <summary>The topic; empty when there is none.</summary>
    public byte[] Topic { get; private set; } = [];

    /// <summary>The nick of who set the topic, or removed it.</summary>
    public byte[] TopicBy { get; private set; } = [];

    /// <summary>When that was, in milliseconds since 1970-01-01 UTC.</summary>
    public long TopicUnixMs { get; private set; }

    /// <summary>What it lets whom do.</summary>
    public RoomRules Rules { get; } = new();

    /// <summary>When the room was made, in milliseconds since 1970-01-01 UTC.</summary>
    public long CreatedUnixMs { get; internal set; }

    /// <summary>Whether nobody has decided anything about the room: it stands as a new one does.</summary>
    public bool HasDefaultStanding => Topic.Length == 0 && Rules.IsDefault;

    /// <summary>The number of the last event; 0 before the first.</summary>
    public long LastSeq => Log.LastSeq;

    /// <summary>The number of the first event remembered; one more than the last when there is none.</summary>
    public long FirstSeq => Log.FirstSeq;

    /// <summary>What the room's numbers belong to: an event is named by epoch and number, and no two ever have the same.</summary>
    public long Epoch => Log.Epoch;

    /// <summary>How many are in.</summary>
    public int MemberCount => _members.Count;

    /// <summary>Whether it stands in lists of rooms: while people are in it; the lobby always.</summary>
    internal bool IsListed => IsLobby || _members.Count > 0;

    internal bool IsLobby { get; init; }

    internal ReadOnlySpan<Membership> Members => CollectionsMarshal.AsSpan(_members);

    internal IRoomSubscribers Subscribers { get; }

    internal EventLog Log { get; }

    /// <summary>Its place among the dormant rooms; null while it has members.</summary>
    internal LinkedListNode<Room>? Dormancy { get; set; }

    /// <summary>From where its first visitor came (<see cref="Identity.Host"/>); empty where that is not known.</summary>
    internal byte[] MadeFrom { get; init; } = [];

    /// <summary>The bytes that its standing takes, as it was last handed to the journal; 0 before that.</summary>
    internal int StandingBytes { get; set; }

    /// <summary>What a change of the standing costs beyond the price of any command: all of it is stored each time.</summary>
    internal int StandingPrice => StandingBytes / CheapStandingBytes;

    /// <summary>While the past is restored: which event was the room's last, counted through all rooms; 0 for none.</summary>
    internal long RestoredAt { get; set; }

    /// <summary>While the past is restored: whether the room was closed to strangers at its last event.</summary>
    internal bool WasClosed { get; set; }

    /// <summary>Whether events may have been seen after the last one restored that nobody has stored.</summary>
    internal bool IsInterrupted { get; set; }

    /// <summary>Whether it is there for its members alone: for everybody else there is no such room, until they enter it.</summary>
    public bool IsHidden => (Rules.Modes & RoomModes.Secret) != 0 || Rules.Key is not null;

    /// <summary>Whether a person knows of the room. The one place that decides it, whatever is asked and in whatever protocol.</summary>
    public bool IsSeenBy(Person person) => !IsHidden || person.Find(this) is not null;

    /// <summary>Whether a person sees that a member is in.</summary>
    /// <remarks>Those who wish to be invisible are seen from within only (RFC 2812, sections 3.2.5 and 3.6.1).</remarks>
    public bool ShowsMember(Membership member, Person person) =>
        IsSeenBy(person) && (!member.Person.IsInvisible || ReferenceEquals(member.Person, person) || person.Find(this) is not null);

    /// <summary>Whether it is among those that <see cref="RoomDirectory.SeenCount"/> leaves out.</summary>
    internal bool IsCountedHidden { get; set; }

    internal void SetTopic(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> nick, long unixMs)
    {
        Topic = topic.ToArray();
        TopicBy = nick.ToArray();
        TopicUnixMs = unixMs;
    }

    /// <summary>How it stands, as it is kept beyond the life of the server.</summary>
    public RoomStanding ToStanding() => new()
    {
        Room = Name,
        CreatedUnixMs = CreatedUnixMs,
        Modes = Rules.Modes,
        Key = Rules.Key,
        Limit = Rules.Limit,
        Topic = Topic,
        TopicBy = TopicBy,
        TopicUnixMs = TopicUnixMs,
        Bans = [.. Rules.Bans.Entries],
        Exceptions = [.. Rules.Exceptions.Entries],
        Welcome = [.. Rules.Welcome.Entries],
    };

    /// <summary>Stands as it did.</summary>
    internal void Restore(RoomStanding standing)
    {
        CreatedUnixMs = standing.CreatedUnixMs;
        SetTopic(standing.Topic, standing.TopicBy, standing.TopicUnixMs);
        (Rules.Modes, Rules.Key, Rules.Limit) = (standing.Modes, standing.Key, standing.Limit);
        Rules.Bans.Restore(standing.Bans);
        Rules.Exceptions.Restore(standing.Exceptions);
        Rules.Welcome.Restore(standing.Welcome);
        ForgetMuted();
    }

    /// <summary>Forgets what was said, and goes on with the numbers.</summary>
    internal void ForgetPast() => Log.Restart(Log.LastSeq, Log.Epoch, Log.LastUnixMs);

    /// <summary>Whether nothing was said there of late: its past is comings and goings.</summary>
    internal bool IsSilent()
    {
        for (var i = Log.Count - 1; i >= Math.Max(0, Log.Count - SilentEvents); i--)
        {
            if (EventKinds.Of(Log.KindOf(i, out _)).IsSaid)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A list of masks has changed: whom it matches has to be looked at again.</summary>
    internal void ForgetMuted()
    {
        foreach (var membership in _members)
        {
            membership.IsMuted = null;
        }
    }

    internal void Enter(Membership membership)
    {
        membership.Index = _members.Count;
        _order.Remove(this);
        _members.Add(membership);
        _order.Add(this);
        if (membership.Person.Subscriber is { } subscriber)
        {
            Subscribers.Add(subscriber);
        }
    }

    internal void Leave(Membership membership)
    {
        var last = _members[^1];
        _members[membership.Index] = last;
        last.Index = membership.Index;
        _order.Remove(this);
        _members.RemoveAt(_members.Count - 1);
        _order.Add(this);
        if (membership.Person.Subscriber is { } subscriber)
        {
            Subscribers.Remove(subscriber);
        }
    }
}
