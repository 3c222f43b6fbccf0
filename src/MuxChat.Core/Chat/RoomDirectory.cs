using MuxChat.Core.Chat.History;

namespace MuxChat.Core.Chat;

/// <summary>
/// All rooms by name: those with members, and those that are dormant, which only remember. When there are as many as there may be, or they remember too
/// much together, the one that has been dormant the longest is forgotten.
/// </summary>
/// <remarks>Invariant: a room is dormant exactly while it has no members, but for the lobby, which never is.</remarks>
internal sealed class RoomDirectory
{
    private readonly Dictionary<byte[], Room> _rooms = new(AsciiCaseInsensitive.Instance);
    private readonly Dictionary<byte[], Room>.AlternateLookup<ReadOnlySpan<byte>> _byName;
    private readonly LinkedList<Room> _dormant = new();
    private readonly IDelivery _delivery;
    private readonly ChatLimits _limits;
    private readonly HistoryBudget _budget;
    private readonly Epochs _epochs;
    private readonly TickClock _clock;
    private Room? _restoring;
    private int _hidden;

    public RoomDirectory(IDelivery delivery, byte[] lobby, ChatLimits limits, Epochs epochs, TickClock clock)
    {
        _clock = clock;
        _delivery = delivery;
        _limits = limits;
        _epochs = epochs;
        _byName = _rooms.GetAlternateLookup<ReadOnlySpan<byte>>();
        _budget = new HistoryBudget(limits.HistoryBytes) { Spare = TryForgetOne };
        Lobby = Make(lobby);
        Lobby.Log.BeginEpoch(epochs.Next());
    }

    public Room Lobby { get; }

    /// <summary>Rooms with members, and the lobby.</summary>
    public int Count => _rooms.Count - _dormant.Count;

    /// <summary>Those of them that everybody knows of.</summary>
    public int SeenCount => Count - _hidden;

    public bool IsFull => Count >= _limits.Rooms;

    /// <summary>A room that people are in, or the lobby.</summary>
    public Room? Find(ReadOnlySpan<byte> name) => _byName.TryGetValue(name, out var room) && room.Dormancy is null ? room : null;

    /// <summary>The same, if a session knows of it.</summary>
    public Room? FindSeen(Session session, ReadOnlySpan<byte> name) => Find(name) is { } room && room.IsSeenBy(session) ? room : null;

    /// <summary>Says that a room's rules may have changed.</summary>
    public void NoteRules(Room room)
    {
        var isHidden = room.Dormancy is null && room.IsHidden;
        if (isHidden != room.IsCountedHidden)
        {
            room.IsCountedHidden = isHidden;
            _hidden += isHidden ? 1 : -1;
        }
    }

    /// <summary>Any room of that name; one that is dormant still remembers.</summary>
    public Room? FindDormantToo(ReadOnlySpan<byte> name) => _byName.TryGetValue(name, out var room) ? room : null;

    /// <summary>The room of that name, woken if it is dormant, made if there is none. Somebody is about to enter it.</summary>
    public Room Open(ReadOnlySpan<byte> name)
    {
        var room = FindDormantToo(name);
        if (room is null)
        {
            room = MakeWithinLimit(name);
            room.Log.BeginEpoch(_epochs.Next());
        }
        else if (room.Dormancy is { } place)
        {
            _dormant.Remove(place);
            room.Dormancy = null;
        }

        return room;
    }

    /// <summary>Lets a room without members rest. It is still there for who comes back, until memory or its place is needed.</summary>
    public void RestIfEmpty(Room room)
    {
        if (room.MemberCount == 0 && !ReferenceEquals(room, Lobby))
        {
            room.ResetRules();
            room.Dormancy = _dormant.AddLast(room);
            NoteRules(room);
        }
    }

    /// <summary>Takes an event of the time before the server was started.</summary>
    public void Restore(in PastEvent past)
    {
        var room = FindDormantToo(past.Room) ?? MakeWithinLimit(past.Room);
        if (!ReferenceEquals(room, Lobby))
        {
            if (room.Dormancy is { } place)
            {
                _dormant.Remove(place);
            }

            room.Dormancy = _dormant.AddLast(room);
        }

        // What does not continue the numbers is another beginning: the room was forgotten in between, or the disk was full.
        if (past.Seq != room.LastSeq + 1 || (room.LastSeq == 0 && room.Epoch != past.Epoch))
        {
            room.Log.Restart(past.Seq - 1, past.Epoch);
        }
        else if (room.Epoch != past.Epoch)
        {
            room.Log.BeginEpoch(past.Epoch);
        }

        // What was said in a room that was closed to strangers is for nobody who comes now.
        if (past.IsClosed)
        {
            room.Log.Restart(past.Seq, past.Epoch);
            room.SetTopic([], [], 0);
            room.IsInterrupted = false;
            return;
        }

        if (past.Kind == EventKind.TopicSet)
        {
            room.SetTopic(past.Text, past.Nick, past.UnixMs);
        }

        room.IsInterrupted = false;
        _restoring = room;
        room.Log.Append(past.Kind, past.UnixMs, past.Nick, past.NewNick, past.Text);
        _restoring = null;
    }

    /// <summary>
    /// Here a run did not end well: events may have been seen that nobody has stored. Their numbers come again, but in another epoch; which one is not stored
    /// before the room's next event, and there may have been none since, through several runs that ended well.
    /// </summary>
    public void Interrupted()
    {
        foreach (var room in _rooms.Values)
        {
            room.IsInterrupted = room.LastSeq > 0;
        }
    }

    /// <summary>All of the past has been taken.</summary>
    /// <param name="wasClean">Whether the last run ended well.</param>
    public void FinishRestoring(bool wasClean)
    {
        if (!wasClean)
        {
            Interrupted();
        }

        foreach (var room in _rooms.Values)
        {
            if (room.IsInterrupted)
            {
                room.IsInterrupted = false;
                room.Log.BeginEpoch(_epochs.Next());
            }
        }
    }

    /// <summary>The rooms that a session sees, largest first, those of the same size by name: none that is hidden from it.</summary>
    public Room[] SeenBy(Session session)
    {
        var all = new Room[Count];
        var found = 0;
        foreach (var room in _rooms.Values)
        {
            if (room.Dormancy is null && room.IsSeenBy(session))
            {
                all[found++] = room;
            }
        }

        Array.Sort(all, 0, found, Comparer<Room>.Create(static (a, b) =>
            a.MemberCount != b.MemberCount ? b.MemberCount.CompareTo(a.MemberCount) : a.Name.AsSpan().SequenceCompareTo(b.Name)));
        return found == all.Length ? all : all[..found];
    }

    private Room MakeWithinLimit(ReadOnlySpan<byte> name)
    {
        if (_rooms.Count >= _limits.Rooms)
        {
            TryForgetOne();
        }

        return Make(name);
    }

    private Room Make(ReadOnlySpan<byte> name)
    {
        var room = new Room(name.ToArray(), _delivery.CreateAudience(), new EventLog(_budget, _limits.History)) { CreatedUnixMs = _clock.UnixMs };
        _rooms.Add(room.Name, room);
        return room;
    }

    private bool TryForgetOne()
    {
        var oldest = _dormant.First;
        if (oldest is null || ReferenceEquals(oldest.Value, _restoring))
        {
            return false;
        }

        _dormant.RemoveFirst();
        _rooms.Remove(oldest.Value.Name);
        oldest.Value.Log.Release();
        return true;
    }
}
