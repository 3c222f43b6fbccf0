using System.Runtime.InteropServices;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>A group of persons who hear each other, with its settings and its remembered events.</summary>
/// <remarks>
/// Invariant: <see cref="LastSeq"/> grows by one with each event, and each event reaches all who are members at that moment, in that order.
/// A room without members is dormant, except the lobby: it keeps its past, but no person sees it. Owner: the hub.
/// </remarks>
public sealed class Room
{
    // How many of the latest events IsSilent checks.
    private const int SilentEvents = 256;

    // Bytes of a standing that cost no more to store than one line.
    private const int CheapStandingBytes = 4096;

    private readonly List<Membership> _members = [];

    private readonly RoomOrder _order;

    internal Room(byte[] name, IRoomSubscribers subscribers, EventLog log, RoomOrder order, bool isLobby = false)
    {
        Name = name;
        IsLobby = isLobby;
        Rules = new RoomRules(isLobby);
        Subscribers = subscribers;
        Log = log;
        _order = order;
    }

    /// <summary>The name, with its <c>#</c>, as the first visitor spelled it.</summary>
    public byte[] Name { get; }

    /// <summary>The topic; empty when there is none.</summary>
    public byte[] Topic { get; private set; } = [];

    /// <summary>The nick of the person who last set or removed the topic; empty before that.</summary>
    public byte[] TopicBy { get; private set; } = [];

    /// <summary>The time of that change, in milliseconds since 1970-01-01 UTC; 0 before that.</summary>
    public long TopicUnixMs { get; private set; }

    /// <summary>The modes, key, limit and mask lists of the room.</summary>
    public RoomRules Rules { get; }

    /// <summary>The time when the room was made, in milliseconds since 1970-01-01 UTC.</summary>
    public long CreatedUnixMs { get; internal set; }

    /// <summary>Whether topic and rules are those of a new room.</summary>
    public bool HasDefaultStanding => Topic.Length == 0 && Rules.IsDefault;

    /// <summary>The number of the last event; 0 before the first.</summary>
    public long LastSeq => Log.LastSeq;

    /// <summary>The number of the first remembered event; one more than <see cref="LastSeq"/> if no event is remembered.</summary>
    public long FirstSeq => Log.FirstSeq;

    /// <summary>The epoch of the room's next event. Epoch and number together identify an event, and no two events share both.</summary>
    public long Epoch => Log.Epoch;

    /// <summary>The number of members.</summary>
    public int MemberCount => _members.Count;

    /// <summary>Whether lists of rooms include the room: while it has members; the lobby always.</summary>
    internal bool IsListed => IsLobby || _members.Count > 0;

    internal bool IsLobby { get; }

    internal ReadOnlySpan<Membership> Members => CollectionsMarshal.AsSpan(_members);

    internal IRoomSubscribers Subscribers { get; }

    internal EventLog Log { get; }

    /// <summary>The room's node in a list of dormant rooms; null while it has members.</summary>
    internal LinkedListNode<Room>? Dormancy { get; set; }

    /// <summary>The address (<see cref="Identity.Host"/>) of the room's first visitor; empty if unknown.</summary>
    internal byte[] MadeFrom { get; init; } = [];

    /// <summary>The size in bytes of the standing as last given to the journal or restored from it; 0 before that.</summary>
    internal int StandingBytes { get; set; }

    /// <summary>The extra price of a command that changes the standing, because each change stores the whole standing again.</summary>
    internal int StandingPrice => StandingBytes / CheapStandingBytes;

    /// <summary>
    /// While the journal is being restored: the position of the room's last event, counted over all rooms; 0 if it has none.
    /// </summary>
    internal long RestoredAt { get; set; }

    /// <summary>While the journal is being restored: whether the room was closed at its last event.</summary>
    internal bool WasClosed { get; set; }

    /// <summary>Whether the room was closed at its last restored event, and no standing says whether it still is.</summary>
    internal bool IsStandingLost { get; set; }

    /// <summary>Whether members may have seen events, after the last restored one, that were never stored.</summary>
    internal bool IsInterrupted { get; set; }

    /// <summary>Whether only members see the room: it is secret or has a key. For all others it does not exist until they enter.</summary>
    public bool IsHidden => (Rules.Modes & RoomModes.Secret) != 0 || Rules.Key is not null;

    /// <summary>Whether a person may know that the room exists.</summary>
    /// <remarks>This is the only place that decides it, for every query in every protocol.</remarks>
    public bool IsSeenBy(Person person) => !IsHidden || person.Find(this) is not null;

    /// <summary>Whether a person may see that a member is in the room.</summary>
    /// <remarks>An invisible member is shown only to themselves and to members of the room (RFC 2812, sections 3.2.5 and 3.6.1).</remarks>
    public bool ShowsMember(Membership member, Person person) =>
        IsSeenBy(person) && (!member.Person.IsInvisible || ReferenceEquals(member.Person, person) || person.Find(this) is not null);

    /// <summary>Whether <see cref="RoomDirectory.SeenCount"/> leaves the room out.</summary>
    internal bool IsCountedHidden { get; set; }

    internal void SetTopic(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> nick, long unixMs)
    {
        Topic = topic.ToArray();
        TopicBy = nick.ToArray();
        TopicUnixMs = unixMs;
    }

    /// <summary>Copies the part of the state that outlives the room's members and, with a journal, the server.</summary>
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

    /// <summary>Restores the state of a stored standing.</summary>
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

    /// <summary>Forgets all events. The numbering continues.</summary>
    internal void ForgetPast() => Log.Restart(Log.LastSeq, Log.Epoch, Log.LastUnixMs);

    /// <summary>Whether the last 256 events contain no message, only joins, leaves and the like.</summary>
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

    /// <summary>Clears each member's cached ban match. Called after a list of masks has changed.</summary>
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
