using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>All rooms by name, both those with members and the dormant ones, which only remember.</summary>
/// <remarks>
/// When the number of rooms or the memory for their past reaches its limit, a dormant room is forgotten with its standing;
/// <see cref="DormantRooms"/> chooses it. Invariant: a room is dormant exactly while it has no members; the lobby never is.
/// </remarks>
internal sealed class RoomDirectory
{
    private readonly Dictionary<byte[], Room> _rooms = new(AsciiCaseInsensitive.Instance);
    private readonly Dictionary<byte[], Room>.AlternateLookup<ReadOnlySpan<byte>> _byName;
    private readonly DormantRooms _dormant = new();
    private readonly IDelivery _delivery;
    private readonly Replaceable<ChatLimits> _limits;
    private readonly HistoryBudget _budget;
    private readonly Epochs _epochs;
    private readonly TickClock _clock;
    private long _restored;
    private int _hidden;

    public RoomDirectory(IDelivery delivery, byte[] lobby, Replaceable<ChatLimits> limits, Epochs epochs, TickClock clock)
    {
        _clock = clock;
        _delivery = delivery;
        _limits = limits;
        _epochs = epochs;
        _byName = _rooms.GetAlternateLookup<ReadOnlySpan<byte>>();
        _budget = new HistoryBudget(limits)
        {
            SpareSilent = () => TryForget(_dormant.RemoveSilent([])),
            Spare = () => TryForget(_dormant.RemoveOther([])),
        };
        Lobby = Make(lobby, [], isLobby: true);
        Lobby.Log.BeginEpoch(epochs.Next());
    }

    public Room Lobby { get; }

    /// <summary>
    /// Stores events and standings; <see cref="NoJournal"/> until <see cref="FinishRestoring(IJournal, bool)"/> sets one.
    /// </summary>
    public IJournal Journal { get; private set; } = new NoJournal();

    /// <summary>The rooms with members and the lobby, in the order that lists show. Includes the hidden ones.</summary>
    public RoomOrder Listed { get; } = new();

    /// <summary>The number of rooms with members, plus the lobby.</summary>
    public int Count => _rooms.Count - _dormant.Count;

    /// <summary>The number of those rooms that are not hidden.</summary>
    public int SeenCount => Count - _hidden;

    /// <summary>The number of those that have members. An empty lobby does not count.</summary>
    public int SeenWithMembersCount => SeenCount - (Lobby is { MemberCount: 0, IsCountedHidden: false } ? 1 : 0);

    /// <summary>Bytes that the past and the standings of all rooms take.</summary>
    public long HistoryBytes => _budget.UsedBytes;

    /// <summary>Called with each room that is made anew, without members. It has nothing to do with an earlier room of its name.</summary>
    public Action<Room>? Made { get; set; }

    /// <summary>Called with each room that is forgotten.</summary>
    public Action<Room>? Forgotten { get; set; }

    public bool IsFull => Count >= _limits.Current.Rooms;

    /// <summary>Finds a room that has members, or the lobby.</summary>
    public Room? Find(ReadOnlySpan<byte> name) => _byName.TryGetValue(name, out var room) && room.Dormancy is null ? room : null;

    /// <summary>Finds such a room if the person may know of it.</summary>
    public Room? FindSeen(Person person, ReadOnlySpan<byte> name) => Find(name) is { } room && room.IsSeenBy(person) ? room : null;

    /// <summary>Counts a room as hidden or seen anew. Called whenever its rules or its dormancy may have changed.</summary>
    public void NoteRules(Room room)
    {
        var isHidden = room.Dormancy is null && room.IsHidden;
        if (isHidden != room.IsCountedHidden)
        {
            room.IsCountedHidden = isHidden;
            _hidden += isHidden ? 1 : -1;
        }
    }

    /// <summary>Finds a room, dormant or not.</summary>
    public Room? FindDormantToo(ReadOnlySpan<byte> name) => _byName.TryGetValue(name, out var room) ? room : null;

    /// <summary>Returns the room of that name: wakes a dormant one, or makes a new one.</summary>
    /// <remarks>The caller then adds a member, or calls <see cref="RestIfEmpty"/>.</remarks>
    /// <param name="name">A valid room name.</param>
    /// <param name="madeFrom">The address of the person who makes the room; empty if unknown.</param>
    public Room Open(ReadOnlySpan<byte> name, byte[] madeFrom)
    {
        if (FindDormantToo(name) is { } known)
        {
            Wake(known);
            return known;
        }

        var room = MakeWithinLimit(name, madeFrom);
        room.Log.BeginEpoch(_epochs.Next());
        Made?.Invoke(room);
        return room;
    }

    /// <summary>
    /// Makes a room dormant if it has no members. It keeps its past until memory or its place is needed.
    /// Does nothing if the room has been forgotten meanwhile.
    /// </summary>
    public void RestIfEmpty(Room room)
    {
        if (room is { MemberCount: 0, Dormancy: null, IsLobby: false } && IsRemembered(room))
        {
            _dormant.Add(room);
            NoteRules(room);
        }
    }

    /// <summary>
    /// Returns a room's current standing for the journal, and counts its bytes against the memory
    /// for the past. Other rooms may be forgotten for it.
    /// </summary>
    public RoomStanding KeepStanding(Room room)
    {
        var standing = room.ToStanding();
        Hold(room, StandingRecord.SizeOf(standing));
        return standing;
    }

    /// <summary>Restores one event from the journal. Called in the order of the events.</summary>
    public void Restore(in StoredEvent past)
    {
        var room = FindDormantToo(past.Room) ?? MakeWithinLimit(past.Room, []);
        Wake(room);

        // Without a stored standing, the best guess is that the room was made no later than its first event.
        room.CreatedUnixMs = room is { RestoredAt: 0, StandingBytes: 0 } ? past.UnixMs : room.CreatedUnixMs;
        room.RestoredAt = ++_restored;

        // A gap in the numbers starts a new log: the room was forgotten in between, or the disk was full.
        if (past.Seq != room.LastSeq + 1 || (room.LastSeq == 0 && room.Epoch != past.Epoch))
        {
            room.Log.Restart(past.Seq - 1, past.Epoch, long.MinValue);
        }
        else if (room.Epoch != past.Epoch)
        {
            room.Log.BeginEpoch(past.Epoch);
        }

        // Events of a closed room are never shown to a person who enters once it is open.
        if (!past.IsClosed)
        {
            ForgetClosedPast(room);
        }

        room.WasClosed = past.IsClosed;
        if (past.Kind == EventKind.TopicSet && room.StandingBytes == 0)
        {
            room.SetTopic(past.Text, past.Nick, past.UnixMs);
        }

        room.IsInterrupted = false;
        room.Log.Append(past.Kind, past.UnixMs, past.Nick, past.NewNick, past.Text, past.Marks, past.Tags);
        if (past.Kind == EventKind.Redacted && Redaction.TryRead(past.Text, out var redaction)
            && room.Log.Find(redaction.Epoch, redaction.Seq) is >= 0 and var index && EventKinds.Of(room.Log.KindOf(index, out _)).IsSaid)
        {
            room.Log.Erase(index);
        }

        if (room.StandingBytes == 0)
        {
            RestIfEmpty(room);
        }
    }

    /// <summary>Restores a room's standing. The best time is before all events.</summary>
    /// <remarks>
    /// The journal has no standing of a room that was forgotten. So a room with one does not rest before all is restored, and is not
    /// forgotten for one without.
    /// </remarks>
    public void Restore(RoomStanding standing)
    {
        var room = FindDormantToo(standing.Room) ?? MakeWithinLimit(standing.Room, []);
        Wake(room);
        room.Restore(standing);
        Hold(room, StandingRecord.SizeOf(standing));
        NoteRules(room);
    }

    /// <summary>
    /// Whether the server has forgotten whether a room is closed: the room is unknown, or is known only by events of a time when it was
    /// closed.
    /// </summary>
    public bool IsStandingLost(ReadOnlySpan<byte> name) => FindDormantToo(name) is null or { IsStandingLost: true };

    /// <summary>Marks the point in the journal at which a run ended uncleanly.</summary>
    /// <remarks>
    /// Members may have seen events that were never stored. Their numbers are used again, but in a new epoch. That epoch is stored only
    /// with the room's next event, and several clean runs may pass before one happens.
    /// </remarks>
    public void OnUncleanShutdown()
    {
        foreach (var room in _rooms.Values)
        {
            room.IsInterrupted = room.LastSeq > 0;
        }
    }

    /// <summary>Ends the restore, once all events and standings have been read.</summary>
    /// <param name="journal">Stores events and standings from now on.</param>
    /// <param name="wasClean">Whether the last run ended cleanly.</param>
    public void FinishRestoring(IJournal journal, bool wasClean)
    {
        Journal = journal;
        if (!wasClean)
        {
            OnUncleanShutdown();
        }

        ForgetBeyondLimit();
        foreach (var room in _rooms.Values.ToArray())
        {
            // Finishing one room may make the budget forget another, because a standing that the journal did not have counts only now.
            if (IsRemembered(room))
            {
                FinishRestoring(room);
            }
        }

        _dormant.Sort();
        ForgetBeyondLimit();
    }

    private void FinishRestoring(Room room)
    {
        room.IsStandingLost = room is { WasClosed: true, StandingBytes: 0 };
        if (room.WasClosed && !room.Rules.IsClosed)
        {
            Wake(room);
            ForgetClosedPast(room);
        }

        if (room.IsInterrupted || room.Epoch == 0)
        {
            room.IsInterrupted = false;
            room.Log.BeginEpoch(_epochs.Next());
        }

        // A version 1 journal has topics but no standings. The room is woken first, so that it
        // cannot be forgotten to make room for its standing.
        if (room.StandingBytes == 0 && !room.HasDefaultStanding)
        {
            Wake(room);
            Journal.Keep(KeepStanding(room));
        }

        if (room is { MemberCount: 0, Dormancy: null, IsLobby: false })
        {
            _dormant.AddRestored(room);
            NoteRules(room);
        }
    }

    // Without a stored standing, the topic goes too: as far as is known, it was set while the room was closed.
    private static void ForgetClosedPast(Room room)
    {
        if (room.WasClosed)
        {
            room.WasClosed = false;
            room.ForgetPast();
            if (room.StandingBytes == 0)
            {
                room.SetTopic([], [], 0);
            }
        }
    }

    private Room MakeWithinLimit(ReadOnlySpan<byte> name, byte[] madeFrom)
    {
        while (_rooms.Count >= _limits.Current.Rooms && TryForget(_dormant.RemoveSilent(madeFrom) ?? _dormant.RemoveOther(madeFrom)))
        {
        }

        return Make(name, madeFrom);
    }

    private void ForgetBeyondLimit()
    {
        while (_rooms.Count > _limits.Current.Rooms && TryForget(_dormant.RemoveSilent([]) ?? _dormant.RemoveOther([])))
        {
        }
    }

    private Room Make(ReadOnlySpan<byte> name, byte[] madeFrom, bool isLobby = false)
    {
        var room = new Room(name.ToArray(), _delivery.CreateSubscribers(), new EventLog(_budget), Listed, isLobby)
        {
            CreatedUnixMs = _clock.UnixMs,
            MadeFrom = madeFrom,
        };
        _rooms.Add(room.Name, room);
        Listed.Add(room);
        return room;
    }

    private bool IsRemembered(Room room) => FindDormantToo(room.Name) == room;

    private void Wake(Room room)
    {
        DormantRooms.Remove(room);
        NoteRules(room);
    }

    private void Hold(Room room, int bytes)
    {
        _budget.Hold(bytes - room.StandingBytes);
        room.StandingBytes = bytes;
    }

    private bool TryForget(Room? room)
    {
        if (room is null)
        {
            return false;
        }

        _rooms.Remove(room.Name);
        Forgotten?.Invoke(room);
        room.Log.Release();
        if (room.StandingBytes > 0)
        {
            Hold(room, 0);
            Journal.Keep(new RoomStanding { Room = room.Name, IsForgotten = true });
        }

        return true;
    }
}
