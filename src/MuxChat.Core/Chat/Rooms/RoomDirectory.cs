using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>
/// All rooms by name: those with members, and those that are dormant, which only remember. When there are as many as there may be, or they
/// remember too much together, a dormant one is forgotten (<see cref="DormantRooms"/> says which), and its standing with it.
/// </summary>
/// <remarks>Invariant: a room is dormant exactly while it has no members, but for the lobby, which never is.</remarks>
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
    private readonly List<RoomStanding> _forgotten = [];
    private bool _isRestoring;
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

    /// <summary>Where events and standings are kept.</summary>
    public IJournal Journal { get; private set; } = new NoJournal();

    /// <summary>The rooms that lists show, in their order; the secret ones too.</summary>
    public RoomOrder Listed { get; } = new();

    /// <summary>Rooms with members, and the lobby.</summary>
    public int Count => _rooms.Count - _dormant.Count;

    /// <summary>Those of them that everybody knows of.</summary>
    public int SeenCount => Count - _hidden;

    public bool IsFull => Count >= _limits.Current.Rooms;

    /// <summary>A room that people are in, or the lobby.</summary>
    public Room? Find(ReadOnlySpan<byte> name) => _byName.TryGetValue(name, out var room) && room.Dormancy is null ? room : null;

    /// <summary>The same, if a person knows of it.</summary>
    public Room? FindSeen(Person person, ReadOnlySpan<byte> name) => Find(name) is { } room && room.IsSeenBy(person) ? room : null;

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
    /// <param name="name">The name: a valid one.</param>
    /// <param name="madeFrom">From where who makes it comes; empty where that is not known.</param>
    public Room Open(ReadOnlySpan<byte> name, byte[] madeFrom)
    {
        var room = FindDormantToo(name);
        if (room is null)
        {
            room = MakeWithinLimit(name, madeFrom);
            room.Log.BeginEpoch(_epochs.Next());
        }
        else
        {
            Wake(room);
        }

        return room;
    }

    /// <summary>
    /// Lets a room without members rest. It is still there for who comes back, until memory or its place is needed. Does nothing for a room
    /// that was forgotten since.
    /// </summary>
    public void RestIfEmpty(Room room)
    {
        if (room is { MemberCount: 0, Dormancy: null, IsLobby: false } && IsRemembered(room))
        {
            _dormant.Add(room);
            NoteRules(room);
        }
    }

    /// <summary>How a room stands now, for the journal. It counts among what rooms remember: others may be forgotten for it.</summary>
    public RoomStanding KeepStanding(Room room)
    {
        var standing = room.ToStanding();
        Hold(room, StandingRecord.SizeOf(standing));
        return standing;
    }

    /// <summary>Takes an event of the time before the server was started.</summary>
    public void Restore(in StoredEvent past)
    {
        _isRestoring = true;
        var room = FindDormantToo(past.Room) ?? MakeWithinLimit(past.Room, []);
        Wake(room);

        // Where its standing is not known, it was made no later than its first event.
        room.CreatedUnixMs = room.RestoredAt == 0 ? past.UnixMs : room.CreatedUnixMs;
        room.RestoredAt = ++_restored;

        // What does not continue the numbers is another beginning: the room was forgotten in between, or the disk was full.
        if (past.Seq != room.LastSeq + 1 || (room.LastSeq == 0 && room.Epoch != past.Epoch))
        {
            room.Log.Restart(past.Seq - 1, past.Epoch, long.MinValue);
        }
        else if (room.Epoch != past.Epoch)
        {
            room.Log.BeginEpoch(past.Epoch);
        }

        // What was said in a room that was closed to strangers is for nobody who comes once it is open.
        if (!past.IsClosed)
        {
            ForgetClosedPast(room);
        }

        room.WasClosed = past.IsClosed;
        if (past.Kind == EventKind.TopicSet)
        {
            room.SetTopic(past.Text, past.Nick, past.UnixMs);
        }

        room.IsInterrupted = false;
        room.Log.Append(past.Kind, past.UnixMs, past.Nick, past.NewNick, past.Text);
        RestIfEmpty(room);
    }

    /// <summary>
    /// Takes how a room stood before the server was started, after all of its events. Without any, its numbers begin anew.
    /// </summary>
    public void Restore(RoomStanding standing)
    {
        _isRestoring = true;
        var room = FindDormantToo(standing.Room) ?? MakeWithinLimit(standing.Room, []);
        Wake(room);
        if (room.Epoch == 0)
        {
            room.Log.BeginEpoch(_epochs.Next());
        }

        room.Restore(standing);
        Hold(room, StandingRecord.SizeOf(standing));
        if (!room.IsLobby)
        {
            _dormant.AddRestored(room);
            NoteRules(room);
        }
    }

    /// <summary>
    /// Here a run did not end well: events may have been seen that nobody has stored. Their numbers come again, but in another epoch; which
    /// one is not stored before the room's next event, and there may have been none since, through several runs that ended well.
    /// </summary>
    public void OnUncleanShutdown()
    {
        foreach (var room in _rooms.Values)
        {
            room.IsInterrupted = room.LastSeq > 0;
        }
    }

    /// <summary>All of the past has been taken.</summary>
    /// <param name="journal">Where events and standings are kept from now on.</param>
    /// <param name="wasClean">Whether the last run ended well.</param>
    public void FinishRestoring(IJournal journal, bool wasClean)
    {
        Journal = journal;
        _isRestoring = false;
        if (!wasClean)
        {
            OnUncleanShutdown();
        }

        foreach (var forgotten in _forgotten)
        {
            journal.Keep(forgotten);
        }

        _forgotten.Clear();
        foreach (var room in _rooms.Values.ToArray())
        {
            // One may be forgotten for what the journal did not know of another.
            if (IsRemembered(room))
            {
                FinishRestoring(room);
            }
        }

        _dormant.Sort();
    }

    private void FinishRestoring(Room room)
    {
        if (room.WasClosed && !room.Rules.IsClosed)
        {
            Wake(room);
            ForgetClosedPast(room);
        }

        if (room.IsInterrupted)
        {
            room.IsInterrupted = false;
            room.Log.BeginEpoch(_epochs.Next());
        }

        // A journal of version 1 has topics, and no standings. The room is not to be forgotten for its own.
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

    // The topic was set behind closed doors as well, as far as it is known.
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

    private Room Make(ReadOnlySpan<byte> name, byte[] madeFrom, bool isLobby = false)
    {
        var room = new Room(name.ToArray(), _delivery.CreateSubscribers(), new EventLog(_budget), Listed)
        {
            CreatedUnixMs = _clock.UnixMs,
            MadeFrom = madeFrom,
            IsLobby = isLobby,
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
        room.Log.Release();
        if (room.StandingBytes > 0)
        {
            Hold(room, 0);
            TellForgotten(room);
        }

        return true;
    }

    private void TellForgotten(Room room)
    {
        var forgotten = new RoomStanding { Room = room.Name, IsForgotten = true };
        if (_isRestoring)
        {
            _forgotten.Add(forgotten);
        }
        else
        {
            Journal.Keep(forgotten);
        }
    }
}
