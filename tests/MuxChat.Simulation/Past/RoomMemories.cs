using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Delivery;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Past;

/// <summary>
/// The model of what all rooms of one life remember: who is forgotten when there are too many, which numbers and epochs come next. Where
/// memory is short, a room that nobody is in may be forgotten at any time; else exactly one: of those in which nothing was said, if there
/// are any, else of all, the one that was left first, and rather of those that were made from the address from which the new one is made.
/// </summary>
internal sealed class RoomMemories
{
    public const string Lobby = "#lobby";

    // The last events, in which nothing may have been said.
    private const int SilentEvents = 256;

    private readonly Dictionary<string, RoomMemory> _rooms = new(StringComparer.Ordinal);
    private readonly List<RoomMemory> _dormant = [];
    private readonly List<string> _told = [];
    private readonly Chronicle _chronicle;
    private readonly SimPlan _plan;
    private readonly HashSet<long> _epochs;
    private readonly Milestones _milestones;

    private bool _isTold;

    public RoomMemories(Chronicle chronicle, SimPlan plan, HashSet<long> epochs, Milestones milestones)
    {
        _chronicle = chronicle;
        _plan = plan;
        _epochs = epochs;
        _milestones = milestones;
        _rooms[Lobby] = new RoomMemory(Lobby, Lobby);
    }

    public RoomMemory? Find(string room) => _rooms.GetValueOrDefault(_chronicle.KeyOf(room));

    /// <summary>The server was first given how this room stood. No room of which it was not told goes before all is given.</summary>
    public void Expect(RoomStanding standing)
    {
        var room = Encoding.UTF8.GetString(standing.Room);
        (Find(room) ?? Make(room, _chronicle.KeyOf(room), from: null)).IsExpected = true;
    }

    /// <summary>The server was given an event of an earlier life.</summary>
    public void Restore(LoggedEvent past)
    {
        var memory = FindOrMake(past, from: null);
        if (memory.Key != Lobby && !memory.IsExpected)
        {
            _dormant.Remove(memory);
            _dormant.Add(memory);
        }

        if (past.Seq != memory.LastSeq + 1 || (memory.LastSeq == 0 && memory.Epoch != past.Epoch))
        {
            memory.Restart(past.Seq - 1);
        }

        memory.Restore(past);
        if (_plan.IsMemoryShort)
        {
            // It may have been forgotten between two events, and made again.
            memory.CreatedUnixMs = 0;
        }
    }

    /// <summary>The server was given how an expected room stood. Of one that has no events left that is all it knows.</summary>
    /// <returns>What it remembers.</returns>
    public RoomMemory Restore(RoomStanding standing)
    {
        var memory = Find(Encoding.UTF8.GetString(standing.Room))!;
        memory.Restore(standing);
        return memory;
    }

    /// <summary>
    /// The server says that it forgot a room. Where memory is short, that is not foreseen, and of a room that has no events left nothing
    /// else tells it.
    /// </summary>
    public void NoteForgotten(string room)
    {
        _told.Add(_chronicle.KeyOf(room));
        if (_plan.IsMemoryShort && Find(room) is { Members: 0, Events.Count: 0 } memory)
        {
            Forget(memory);
        }
    }

    /// <summary>
    /// From now on the journal is told of each room that is forgotten, if it knows how that stood. It was of those while the past was
    /// restored.
    /// </summary>
    public void BeginTelling() => _isTold = true;

    /// <summary>
    /// All was given. Between two lives of which the first did not end well, every room goes on in an epoch that there never was; which
    /// one, only its next event tells.
    /// </summary>
    /// <param name="uncleanLife">The last life that began after one that did not end well; -1 for none.</param>
    public void FinishRestoring(int uncleanLife)
    {
        ForgetBeyondLimit();
        _dormant.AddRange(_rooms.Values.Where(static memory => memory.IsExpected && memory.Key != Lobby));
        var byLastEvent = _dormant.OrderBy(static memory => memory.Events.Count == 0 ? -1 : memory.Events[^1].Index).ToArray();
        _dormant.Clear();
        _dormant.AddRange(byLastEvent);
        ForgetBeyondLimit();
        foreach (var memory in _rooms.Values)
        {
            memory.FinishRestoring();
        }

        foreach (var memory in _rooms.Values.Where(memory => memory.Events.Count == 0 || memory.Events[^1].Life < uncleanLife))
        {
            memory.Epoch = 0;
        }
    }

    /// <summary>An event is published: it must be the next one of its room.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="nowUnixMs">The clock: the event happens now, or a millisecond after the one before it where that is later.</param>
    public RoomMemory Publish(LoggedEvent happened, long nowUnixMs)
    {
        var memory = Find(happened.Room);
        if (memory is { Members: 0 } && memory.Key != Lobby && _plan.IsMemoryShort && memory.Events.Count > 0
            && happened.Seq == 1 && happened.Epoch != memory.Epoch)
        {
            ForgetUnforeseen(memory);
        }

        memory = FindOrMake(happened, happened.Author?.Channel.Address);
        if (_plan.IsMemoryShort)
        {
            memory.RenameIfRestored(happened.Room);
        }

        Check.Fail(happened.Room != memory.Name, CheckNames.Log, $"{memory.Name} is suddenly called {happened.Room}");
        var isFresh = _epochs.Add(happened.Epoch);
        Check.Fail(memory.Epoch == 0 && !isFresh, CheckNames.Epochs,
            $"{happened} must be of a new epoch, and {happened.Epoch} was there before");
        Check.Fail(memory.Epoch != 0 && memory.Epoch != happened.Epoch, CheckNames.Epochs,
            $"{happened} is of epoch {happened.Epoch}, its room's is {memory.Epoch}");
        Check.Fail(happened.Seq != memory.LastSeq + 1, CheckNames.Log, $"{happened} comes after number {memory.LastSeq}");
        var dueUnixMs = Math.Max(nowUnixMs, memory.LastUnixMs + 1);
        Check.Fail(happened.UnixMs != dueUnixMs, CheckNames.Log,
            $"{happened} has the time {happened.UnixMs}, and not {dueUnixMs}; it is {nowUnixMs}");
        memory.Add(happened);
        memory.HasStanding = true;
        Count(memory, happened.Kind);
        return memory;
    }

    // If the journal was not told, its events were forgotten before its standing was given back: then that holds.
    private void ForgetUnforeseen(RoomMemory memory)
    {
        if (memory.Restored is not null && !_told.Contains(memory.Key))
        {
            memory.Restart(0);
            memory.CreatedUnixMs = memory.Restored.CreatedUnixMs;
            memory.Epoch = 0;
            return;
        }

        Forget(memory);
    }

    private void Count(RoomMemory memory, EventKind kind)
    {
        if (kind == EventKind.Joined)
        {
            if (memory.Members == 0 && _dormant.Remove(memory))
            {
                _milestones.Note(Milestone.RoomWoken);
            }

            memory.Members++;
        }
        else if (kind is EventKind.Left or EventKind.Quit or EventKind.Kicked && --memory.Members == 0 && memory.Key != Lobby)
        {
            _dormant.Add(memory);
        }
        else if (memory.Members == 0 && memory.Key != Lobby && kind == EventKind.Said)
        {
            // A datagram's: it wakes the room, which then rests again.
            _dormant.Remove(memory);
            _dormant.Add(memory);
        }
    }

    // From where a room was made is not stored: after a start nobody knows.
    private RoomMemory FindOrMake(LoggedEvent of, PeerAddress? from)
    {
        var key = _chronicle.KeyOf(of.Room);
        if (!_rooms.TryGetValue(key, out var memory))
        {
            memory = Make(of.Room, key, from);
            memory.CreatedUnixMs = of.Seq == 1 ? of.UnixMs : 0;
        }

        return memory;
    }

    private void ForgetBeyondLimit()
    {
        while (_rooms.Count > _plan.Chat.Rooms && _dormant.Count > 0 && !_plan.IsMemoryShort)
        {
            Forget(Victim(from: null));
        }
    }

    private RoomMemory Make(string room, string key, PeerAddress? from)
    {
        if (_rooms.Count >= _plan.Chat.Rooms && _dormant.Count > 0 && !_plan.IsMemoryShort)
        {
            _milestones.Note(Milestone.RoomForgotten);
            Forget(Victim(from));
        }

        return _rooms[key] = new RoomMemory(key, room) { MadeFrom = from };
    }

    private RoomMemory Victim(PeerAddress? from)
    {
        var silent = _dormant.FindAll(memory => memory.IsSilent(Math.Min(SilentEvents, _plan.Chat.History)));
        var candidates = silent.Count > 0 ? silent : _dormant;
        return candidates.Find(memory => from is not null && memory.MadeFrom is { } other
            && IsSameHost(from.Value, other)) ?? candidates[0];
    }

    private static bool IsSameHost(PeerAddress one, PeerAddress other) => one.Prefix == other.Prefix
        || (one.IsLoopback && other.IsLoopback);

    private void Forget(RoomMemory memory)
    {
        var isTold = _told.Remove(memory.Key);
        Check.Fail(_isTold && !_plan.IsMemoryShort && memory.HasStanding && !isTold, CheckNames.Standings,
            $"{memory.Name} was forgotten, and the journal was not told");
        _dormant.Remove(memory);
        _rooms.Remove(memory.Key);
    }
}
