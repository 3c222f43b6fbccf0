using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Moderation;

/// <summary>
/// Whether a request may have been refused, or must have been done. When it was carried out is not known to the tick: it was between the
/// last event of before and now, and only what holds in all states of that time is held against the server.
/// </summary>
internal sealed class Refusals(SimWorld world, RoomBook book)
{
    /// <summary>A client is told that a request of its was refused: at some moment it must have been wrong.</summary>
    public void CheckTold(Link link, Intent asked, ErrorCode code)
    {
        Check.Fail(
            !IsTrue(link, asked, code),
            CheckNames.Refusals,
            $"client {link.ClientNumber} is refused as {code} what was right at any time: {asked}; {Tell(link, asked)}");
        world.Machine.Milestones.Note(Milestone.Refused);
    }

    /// <summary>Whether a request may have been refused with this code.</summary>
    public bool IsTrue(Link link, Intent asked, ErrorCode code) =>
        code switch
        {
            ErrorCode.NotOperator => asked.Kind == IntentKind.Kill
                && Since(link, asked) <= book.Operators.GetValueOrDefault(link, long.MaxValue),
            ErrorCode.Banned or ErrorCode.CannotSpeak when asked.Kind == IntentKind.Nick => IsMutedAnywhere(link, asked),
            ErrorCode.Banned or ErrorCode.CannotSpeak when asked.Kind == IntentKind.Resume && asked.Nick.Length > 0
                && IsMutedAnywhere(link, asked) => true,
            ErrorCode.NotRoomOperator or ErrorCode.CannotSpeak or ErrorCode.Banned or ErrorCode.InviteOnly or ErrorCode.BadKey
                or ErrorCode.RoomFull or ErrorCode.AlreadyThere or ErrorCode.NotThere => MayBe(link, asked, code),
            _ => true,
        };

    /// <summary>Whether somebody was in a room at some moment since it asked for something.</summary>
    public bool WasIn(Link link, Intent asked) => book.Since(asked.Room, Since(link, asked)).Any(state => state.IsIn(link));

    /// <summary>A request was carried out, and no room was told: it must be one that could be refused, or that changes nothing.</summary>
    public bool IsLost(Link link, Intent asked)
    {
        var isOfRoom = asked.Kind is IntentKind.Say or IntentKind.Act or IntentKind.Part or IntentKind.Mode or IntentKind.Kick
            || (asked.Kind == IntentKind.Topic && asked.Text.Length > 0);
        if (!isOfRoom || (asked.Room.Length == 0 && (link.IsCurrentUnsure || link.Current is null)))
        {
            return false;
        }

        var states = book.Since(asked.Room.Length > 0 ? asked.Room : link.Current!.Name, Since(link, asked)).ToList();

        // Who is meant by a nick is known now, and was another perhaps before the room changed.
        var isExact = states.Count == 1 || asked.Kind is IntentKind.Say or IntentKind.Act or IntentKind.Part or IntentKind.Topic;
        return isExact && states.TrueForAll(room => room.IsIn(link)
            && link.Nicks.All(nick => RoomJudge.Judge(room, link, nick, asked) == ErrorCode.None)
            && (asked.Kind != IntentKind.Mode || ModeText.Of(room, asked.Text).Told.Length > 0));
    }

    // Whether it was refused with this code at some moment, or something that is not known now was different then.
    private bool MayBe(Link link, Intent asked, ErrorCode code)
    {
        var rooms = asked.Room.Length > 0 ? [asked.Room] : RoomsOf(link, asked);
        foreach (var name in rooms)
        {
            var states = book.Since(name, Since(link, asked)).ToList();
            var isOfOther = code is ErrorCode.NotThere or ErrorCode.AlreadyThere && states.Count > 1;
            if (isOfOther || states.Exists(room => link.Nicks.Any(nick => IsSame(code, RoomJudge.Judge(room, link, nick, asked)))))
            {
                return true;
            }
        }

        return false;
    }

    // On IRC who is not in and who may not speak are told the same.
    private static bool IsSame(ErrorCode told, ErrorCode judged) =>
        judged == told || (told == ErrorCode.CannotSpeak && judged == ErrorCode.NotInRoom);

    private List<string> RoomsOf(Link link, Intent asked) =>
        [.. book.Rooms.Where(room => book.Since(room, Since(link, asked)).Any(state => state.IsIn(link)))];

    private bool IsMutedAnywhere(Link link, Intent asked) => RoomsOf(link, asked).Any(room => IsMuted(link, room));

    private bool IsMuted(Link link, string room) =>
        book.Since(room, -1).Any(state => state.IsIn(link) && state.RankOf(link).Length == 0
            && (state.Has('m') || link.Nicks.Any(nick => state.IsMuted(link, nick))));

    private static long Since(Link link, Intent asked) => link.Intents.EventBefore(asked)?.Index ?? -1;

    private string Tell(Link link, Intent asked) => string.Join("; ", (asked.Room.Length > 0 ? [asked.Room] : RoomsOf(link, asked))
        .SelectMany(room => book.Since(room, Since(link, asked)).Select(state => $"{room} {state}")));
}
