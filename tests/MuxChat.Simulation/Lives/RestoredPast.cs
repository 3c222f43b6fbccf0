using System.Text;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Past;

namespace MuxChat.Simulation.Lives;

/// <summary>Takes what a start gives back, hands it on, and checks it against what was published and promised.</summary>
internal sealed class RestoredPast(Chronicle chronicle, IEventSink? inner) : IEventSink
{
    private readonly Dictionary<string, List<LoggedEvent>> _rooms = new(StringComparer.Ordinal);

    /// <summary>All of it, in order.</summary>
    public List<LoggedEvent> Events { get; } = [];

    /// <summary>How rooms stood.</summary>
    public List<RoomStanding> Standings { get; } = [];

    public void Restore(in StoredEvent past)
    {
        var room = Encoding.UTF8.GetString(past.Room);
        var found = chronicle.Find(room, past.Epoch, past.Seq);
        var isTrue = found is not null && found.Kind == past.Kind && found.Room == room && found.IsClosed == past.IsClosed
            && found.IsSame(past.UnixMs, past.Nick, past.NewNick, past.Text) && found.IsSaidSo((int)past.Marks, past.Tags);
        Check.Fail(!isTrue, CheckNames.Restart,
            $"number {past.Seq} of {room}, epoch {past.Epoch}, is given back and was never published like this; that was: {found}");
        var key = chronicle.KeyOf(room);
        if (!_rooms.TryGetValue(key, out var events))
        {
            _rooms[key] = events = [];
        }

        var isInOrder = events.Count == 0 || events[^1].Index < found!.Index;
        Check.Fail(!isInOrder, CheckNames.Restart, $"{found} is restored after {(isInOrder ? null : events[^1])}");
        events.Add(found!);
        Events.Add(found!);
        inner?.Restore(past);
    }

    public void Restore(RoomStanding standing)
    {
        Standings.Add(standing);
        inner?.Restore(standing);
    }

    public void OnUncleanShutdown() => inner?.OnUncleanShutdown();

    /// <summary>Everything was given back: is what was promised among it? From now on it is there for good.</summary>
    /// <param name="isPromised">Whether an event had to be there.</param>
    /// <param name="tail">How many events of a room are given back at the most.</param>
    /// <param name="mayBeDeleted">Whether the oldest may be gone.</param>
    public void Finish(Predicate<LoggedEvent> isPromised, int tail, bool mayBeDeleted)
    {
        foreach (var (key, all) in chronicle.Rooms)
        {
            var given = _rooms.GetValueOrDefault(key) ?? [];
            var isAll = given.Count < tail && !mayBeDeleted;
            var oldest = isAll ? 0 : given.Count == 0 ? long.MaxValue : given[0].Index;
            var at = given.Count;
            for (var i = all.Count - 1; i >= 0 && all[i].Index >= oldest; i--)
            {
                while (at > 0 && given[at - 1].Index > all[i].Index)
                {
                    at--;
                }

                var isGiven = at > 0 && given[at - 1] == all[i];
                Check.Fail(!isGiven && isPromised(all[i]), CheckNames.Restart,
                    $"{all[i]} of epoch {all[i].Epoch} was acknowledged, and is gone");
            }
        }

        foreach (var one in Events)
        {
            one.IsSettled = true;
        }
    }
}
