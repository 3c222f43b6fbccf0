using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Moderation;

namespace MuxChat.Simulation.Past;

/// <summary>
/// How rooms stood, as the chat handed it to the journal, through all lives. What comes back at a start must be one of those standings, and
/// none older than the last one that was promised.
/// </summary>
internal sealed class StandingBook(Chronicle chronicle)
{
    private readonly Dictionary<string, List<Handed>> _rooms = new(StringComparer.Ordinal);

    /// <summary>The chat hands a standing on.</summary>
    /// <param name="standing">The standing.</param>
    /// <param name="with">The event that came with it; null for none.</param>
    public void Hand(RoomStanding standing, LoggedEvent? with)
    {
        var key = chronicle.KeyOf(Encoding.UTF8.GetString(standing.Room));
        if (!_rooms.TryGetValue(key, out var handed))
        {
            _rooms[key] = handed = [];
        }

        handed.Add(new Handed(standing, with));
    }

    /// <summary>An event is handed on: a topic that is set, modes that are changed, come with the standing that they lead to.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="standing">What came with it; null for nothing.</param>
    /// <param name="state">How the room stands by its events; null where nobody changes that.</param>
    public void Hand(LoggedEvent happened, RoomStanding? standing, RoomState? state)
    {
        var mustHave = happened.Kind is EventKind.TopicSet or EventKind.ModeSet;
        Check.Fail(mustHave && standing is null, CheckNames.Standings,
            $"{happened} is handed to the journal without its room's state");
        if (standing is null)
        {
            return;
        }

        var memory = happened.Memory!;
        var topic = Encoding.UTF8.GetString(standing.Topic);
        Check.Fail(topic != memory.Topic, CheckNames.Standings,
            $"with {happened} the journal is given the topic '{topic}', it is '{memory.Topic}'");
        Check.Fail(memory.CreatedUnixMs != 0 && memory.CreatedUnixMs != standing.CreatedUnixMs, CheckNames.Standings,
            $"with {happened} the journal is told that the room was made at {standing.CreatedUnixMs}, it was at {memory.CreatedUnixMs}");
        Check.Fail(state is not null && !state.HasRulesOf(RoomState.Of(standing)), CheckNames.Standings,
            $"with {happened} the journal is given {(state is null ? null : RoomState.Of(standing))}, but the room's state is {state}");
        Hand(standing, happened);
    }

    /// <summary>A start gave standings back. From now on they are there for good, and what was handed on since is not.</summary>
    /// <param name="restored">All of them.</param>
    /// <param name="isPromised">Whether an event had to be there, and with it the standing that came with it.</param>
    public void CheckRestored(IReadOnlyList<RoomStanding> restored, Predicate<LoggedEvent> isPromised)
    {
        var given = restored.ToDictionary(one => chronicle.KeyOf(Encoding.UTF8.GetString(one.Room)), StringComparer.Ordinal);
        foreach (var key in given.Keys.Where(key => !_rooms.ContainsKey(key)))
        {
            Check.Fail(true, CheckNames.Standings, $"a standing of {key} is given back, and none was ever stored");
        }

        foreach (var (key, handed) in _rooms)
        {
            var last = handed.FindLastIndex(one => one.IsSettled || (one.With is not null && isPromised(one.With)));
            if (given.TryGetValue(key, out var standing))
            {
                var at = handed.FindLastIndex(one => IsSame(one.Standing, standing));
                Check.Fail(at < last, CheckNames.Standings,
                    $"{key} has the topic '{Encoding.UTF8.GetString(standing.Topic)}' again, "
                    + $"standing {at} of {handed.Count}, and {last} was promised");
                _rooms[key] = [handed[at] with { IsSettled = true }];
                continue;
            }

            var isForgotten = handed.FindLastIndex(static one => one.Standing.IsForgotten) > last;
            Check.Fail(last >= 0 && !isForgotten, CheckNames.Standings,
                $"{key} has no standing any more, and {last} of {handed.Count} was promised");
            _rooms[key] = [];
        }
    }

    private static bool IsSame(RoomStanding one, RoomStanding other) =>
        !one.IsForgotten && (one.CreatedUnixMs, one.Modes, one.Limit, one.TopicUnixMs) == (other.CreatedUnixMs, other.Modes, other.Limit,
            other.TopicUnixMs)
        && one.Room.AsSpan().SequenceEqual(other.Room) && one.Topic.AsSpan().SequenceEqual(other.Topic) && one.TopicBy.AsSpan()
            .SequenceEqual(other.TopicBy)
        && one.Key.AsSpan().SequenceEqual(other.Key) && AreSame(one.Bans, other.Bans) && AreSame(one.Exceptions, other.Exceptions)
        && AreSame(one.Welcome, other.Welcome);

    private static bool AreSame(IReadOnlyList<MaskEntry> one, IReadOnlyList<MaskEntry> other) => one.Count == other.Count
        && one.Zip(other).All(static pair => pair.First.Mask.AsSpan().SequenceEqual(pair.Second.Mask)
            && pair.First.SetBy.AsSpan().SequenceEqual(pair.Second.SetBy) && pair.First.UnixMs == pair.Second.UnixMs);

    private readonly record struct Handed(RoomStanding Standing, LoggedEvent? With)
    {
        public bool IsSettled { get; init; }
    }
}
