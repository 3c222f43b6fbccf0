using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Moderation;

/// <summary>
/// How all rooms of one life of the server stand, and stood: each event of a room is checked against its rules, and changes them. What a
/// client learns later, a refusal or nothing at all, is checked against every state that there was meanwhile.
/// </summary>
internal sealed class RoomBook(SimWorld world)
{
    public const string Lobby = "#lobby";

    private readonly Dictionary<string, List<(long At, RoomState State)>> _rooms = new(StringComparer.Ordinal);

    private readonly Dictionary<string, RoomMemory> _memories = new(StringComparer.Ordinal);

    /// <summary>Who became a server operator when, among all that happened.</summary>
    public Dictionary<Link, long> Operators { get; } = [];

    /// <summary>How a room stands now.</summary>
    public RoomState Of(string room) => _rooms.TryGetValue(world.Chronicle.KeyOf(room), out var states) ? states[^1].State : New(room);

    /// <summary>A room stands as it did in an earlier life of the server, and nobody is in it, or invited.</summary>
    public void Restore(RoomStanding standing, RoomMemory memory)
    {
        var key = world.Chronicle.KeyOf(Encoding.UTF8.GetString(standing.Room));
        _memories[key] = memory;
        _rooms[key] = [(-1, RoomState.Of(standing) with { IsLobby = key == Lobby })];
    }

    /// <summary>How a room stood after an event and since.</summary>
    /// <param name="room">Its name.</param>
    /// <param name="since">The event's place among all that happened.</param>
    public IEnumerable<RoomState> Since(string room, long since)
    {
        if (!_rooms.TryGetValue(world.Chronicle.KeyOf(room), out var states))
        {
            return [New(room)];
        }

        var first = states.FindLastIndex(one => one.At <= since);
        var later = states.Skip(Math.Max(0, first)).Select(static one => one.State);
        return first < 0 ? later.Prepend(New(room)) : later;
    }

    /// <summary>The rooms that somebody is in, or was.</summary>
    public IEnumerable<string> Rooms => _rooms.Keys;

    /// <summary>Whether an event is the lobby's news that a server operator is one there too.</summary>
    public bool IsRankOfOperator(LoggedEvent happened) => happened.Kind == EventKind.ModeSet && happened.Actor.IsServerOperator
        && world.Chronicle.KeyOf(happened.Room) == Lobby && happened.Text == $"+o {happened.Actor.LogNick}"
        && !Of(Lobby).IsOperator(happened.Actor);

    /// <summary>What an event's author asked for must have been allowed; from now on the room stands as the event says.</summary>
    /// <param name="happened">The event, found among the requests of its author.</param>
    public void Take(LoggedEvent happened)
    {
        var before = Before(happened);
        if (happened.Author is not null)
        {
            CheckRight(before, happened);
        }

        // A room's modes do not apply to what a datagram says, and it changes none.
        var after = happened.Author is null ? before : Apply(before, happened);
        happened.IsClosed = after.IsClosed;
        if (before.IsClosed && !after.IsClosed)
        {
            happened.Memory!.ForgetPast();
        }

        if (happened.Memory is { } memory)
        {
            memory.HasDefaultRules = after.HasDefaultRules;
        }

        // Who is called something else may be another to a mask.
        if (!ReferenceEquals(before, after) || happened.Kind == EventKind.Renamed)
        {
            Note(happened, after);
        }
    }

    private static RoomState Apply(RoomState before, LoggedEvent happened)
    {
        var actor = happened.Actor;
        return happened.Kind switch
        {
            EventKind.Joined => before with
            {
                Members = before.Members.SetItem(actor, RankOfEntrant(before, happened)),
                Invited = before.Invited.Remove(actor),
            },
            EventKind.Left or EventKind.Quit => before with { Members = before.Members.Remove(actor) },
            EventKind.Kicked => before with { Members = before.Members.Remove(happened.Other!) },
            EventKind.Invited => before with { Invited = before.Invited.Add(happened.Other!) },
            EventKind.ModeSet => ModeText.Of(before, happened.Text).State,
            _ => before,
        };
    }

    private RoomState New(string room) => RoomState.New(isLobby: world.Chronicle.KeyOf(room) == Lobby);

    // Who comes first is the operator, but of the lobby, and of a room about which somebody has decided something.
    private static string RankOfEntrant(RoomState state, LoggedEvent happened) =>
        state.Members.IsEmpty && !state.IsLobby && state.HasDefaultRules && happened.Memory!.Topic.Length == 0 ? "o" : "";

    // How it stood. A room that was forgotten meanwhile is a new one.
    private RoomState Before(LoggedEvent happened)
    {
        // That somebody is invited is no event of the room's, and changes nothing that it remembers.
        if (happened.Memory is null)
        {
            return Of(happened.Room);
        }

        var key = world.Chronicle.KeyOf(happened.Room);
        var isNew = _memories.TryGetValue(key, out var memory) && memory != happened.Memory;
        _memories[key] = happened.Memory;
        return isNew ? New(happened.Room) : Of(happened.Room);
    }

    private void Note(LoggedEvent happened, RoomState after)
    {
        var key = world.Chronicle.KeyOf(happened.Room);
        if (!_rooms.TryGetValue(key, out var states))
        {
            _rooms[key] = states = [];
        }

        states.Add((happened.Index, after));
    }

    private void CheckRight(RoomState room, LoggedEvent happened)
    {
        var (actor, nick) = (happened.Actor, happened.Nick);
        var asked = actor.Intents.LastDone is { } last && (last.Event == happened || last.LastEvent == happened) ? last : null;
        var refusal = happened.Kind switch
        {
            EventKind.Joined => RoomJudge.MayEnter(room, actor, nick, asked?.Key ?? ""),
            EventKind.ModeSet when IsRankOfOperator(happened) => ErrorCode.None,
            EventKind.Renamed => FindMuting(actor, nick) is null ? ErrorCode.None : ErrorCode.Banned,
            EventKind.Quit => ErrorCode.None,
            _ => asked is null ? ErrorCode.None : RoomJudge.Judge(room, actor, nick, asked),
        };

        // Behind the first room that is told of a new nick, it is the nick.
        refusal = happened.Kind == EventKind.Renamed && actor.LogNick == happened.NewNick ? ErrorCode.None : refusal;
        Check.Fail(refusal != ErrorCode.None, CheckNames.Rights, $"{happened}: its author may not do that: {refusal}. The room: {room}");
        var isOfNobody = happened is { Kind: EventKind.Kicked, Other: null };
        Check.Fail(isOfNobody, CheckNames.Rights, $"{happened}: it has no member of that nick. The room: {room}");
        if (happened.Kind == EventKind.ModeSet)
        {
            var told = ModeText.Of(room, happened.Text).Told;
            Check.Fail(told != happened.Text, CheckNames.Rights, $"{happened}: of that, '{told}' changes anything. The room: {room}");
        }

        if (happened.Kind is EventKind.Left or EventKind.Quit)
        {
            CheckLastWord(room, happened, asked);
        }

        NoteMilestone(happened.Kind);
    }

    // Whoever may not speak leaves without a word of its own; everybody else is heard.
    private static void CheckLastWord(RoomState room, LoggedEvent happened, Intent? asked)
    {
        var isMuted = RoomJudge.MaySpeak(room, happened.Actor, happened.Nick) != ErrorCode.None;
        var isWord = happened.Kind == EventKind.Left ? happened.Text.Length > 0
            : happened.Text.StartsWith("Quit: ", StringComparison.Ordinal);
        Check.Fail(isMuted && isWord, CheckNames.Rights, $"{happened}: its author may not speak. The room: {room}");
        var isLost = asked is { Kind: IntentKind.Part or IntentKind.Quit, Text.Length: > 0 } && !isMuted && happened.Text.Length == 0;
        Check.Fail(isLost, CheckNames.Rights, $"{happened}: its author's last word is missing. The room: {room}");
    }

    // A guest may choose its first nick in a moderated room too.
    private string? FindMuting(Link who, string nick) =>
        who.Rooms.Select(static room => room.Name).FirstOrDefault(room => Of(room).RankOf(who).Length == 0
            && (Of(room).IsMuted(who, nick) || (Of(room).Has('m') && !who.IsGuestNick(nick))));

    private void NoteMilestone(EventKind kind)
    {
        Milestone? milestone = kind switch
        {
            EventKind.ModeSet => Milestone.ModesSet,
            EventKind.Kicked => Milestone.Kicked,
            EventKind.Invited => Milestone.Invited,
            _ => null,
        };
        if (milestone is not null)
        {
            world.Machine.Milestones.Note(milestone.Value);
        }
    }
}
