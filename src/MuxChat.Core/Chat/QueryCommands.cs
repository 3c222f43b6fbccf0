using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Chat;

/// <summary>Answers the questions of protocols about rooms, members and figures. Changes nothing.</summary>
internal sealed class QueryCommands(ChatState state)
{
    /// <summary>Rooms scanned for each additional unit of the flood budget: 2,500.</summary>
    public const int RoomsPerToken = 2_500;

    /// <summary>Events in the answer to a request for history that names no number: 100.</summary>
    private const int DefaultHistoryEvents = 100;

    /// <summary>The chat's limits.</summary>
    public ChatLimits Limits => state.Limits;

    /// <summary>The flood-budget cost of scanning all rooms, in addition to the command's own cost.</summary>
    public int PriceOfRooms => state.Rooms.Listed.Count / RoomsPerToken;

    /// <summary>Returns the largest rooms that a person may see, at most <see cref="ChatLimits.ListedRooms"/>.</summary>
    /// <param name="person">The person who asks.</param>
    /// <param name="total">The number of all rooms that the person may see.</param>
    public List<Room> ListRooms(Person person, out int total)
    {
        var listed = new List<Room>();
        total = 0;
        foreach (var room in state.Rooms.Listed.Rooms)
        {
            if (room.IsSeenBy(person) && total++ < state.Limits.ListedRooms)
            {
                listed.Add(room);
            }
        }

        return listed;
    }

    /// <summary>
    /// Finds the room of that name, or the session's current room for an empty name. Otherwise returns why there is none.
    /// </summary>
    public CommandResult FindRoom(Person person, ReadOnlySpan<byte> name, out Room room) => state.FindRoom(person, name, out room);

    /// <summary>
    /// Finds the person of that nick, and the facts that <paramref name="asker"/> may know of them. Otherwise returns why there is none.
    /// </summary>
    public CommandResult WhoIs(Person asker, ReadOnlySpan<byte> nick, out PersonFacts facts)
    {
        facts = null!;
        var found = state.FindPerson(nick, out var person);
        if (found.IsOk)
        {
            var clock = state.Clock;
            facts = new PersonFacts(
                person,
                [.. person.Memberships.Where(membership => membership.Room.ShowsMember(membership, asker))],
                (clock.NowMs - Math.Max(person.SpokeMs, person.ConnectedMs)) / 1000,
                clock.UnixMs - (clock.NowMs - person.ConnectedMs));
        }

        return found;
    }

    /// <summary>Checks whether a person may read a room's past. Otherwise returns why not.</summary>
    /// <param name="person">The person who asks.</param>
    /// <param name="command">The request.</param>
    /// <param name="membership">The person's membership of the room; null if the request is refused.</param>
    public CommandResult CheckHistory(Person person, in Command command, out Membership? membership)
    {
        membership = null;
        var found = state.FindRoom(person, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        if (person.Find(room) is not { } own)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first");
        }

        if (command.Limit > state.Limits.History)
        {
            return CommandResult.Error(ErrorCode.BadField,
                $"{command.Limit} is too many: a room remembers at most {state.Limits.History} events");
        }

        membership = own;
        return CommandResult.Ok();
    }

    /// <summary>Returns the events of a room's past that a member asked for, at most <see cref="ChatLimits.HistoryAnswerBytes"/>.</summary>
    /// <param name="room">The room.</param>
    /// <param name="after">The number before the first event.</param>
    /// <param name="limit">The largest number of events; 0 for the default.</param>
    /// <param name="saidOnly">True for the last lines said, whatever <paramref name="after"/> is.</param>
    public HistoryRange FindHistory(Room room, long after, int limit, bool saidOnly)
    {
        var count = limit > 0 ? limit : saidOnly ? state.Limits.Replay : DefaultHistoryEvents;
        return saidOnly ? HistoryRange.LastSaid(room, room.LastSeq + 1, count, state.Limits.HistoryAnswerBytes)
            : HistoryRange.After(room, after, room.LastSeq, count, state.Limits.HistoryAnswerBytes);
    }

    /// <summary>Returns the last lines said in a room before a member entered it, at most <see cref="ChatLimits.Replay"/>.</summary>
    /// <param name="membership">The membership.</param>
    /// <param name="maxBytes">Their largest size, by <see cref="HistoryRange.SizeOf"/>.</param>
    /// <param name="after">The number of an event after which they begin; 0 for any.</param>
    public HistoryRange FindReplay(Membership membership, int maxBytes, long after = 0) =>
        HistoryRange.LastSaid(membership.Room, membership.EnteredSeq, state.Limits.Replay, maxBytes, after);

    /// <summary>All persons on this server and on others; see <see cref="Presence.NickDirectory.Persons"/>.</summary>
    public ReadOnlySpan<Person> Persons => state.Nicks.Persons;

    /// <summary>
    /// Returns the number of the last event of a room that a member had heard when they left it before; 0 if it is unknown.
    /// </summary>
    public long FindHeard(Membership membership) => state.Heard.LastOf(membership.Person, membership.Room);

    /// <summary>Checks whether a ping may have this token. Otherwise returns why not.</summary>
    public CommandResult CheckPingToken(ReadOnlySpan<byte> token) => token.Length > state.Limits.PingTokenBytes
        ? CommandResult.Error(ErrorCode.TooLong, $"the token has {token.Length} bytes: at most {state.Limits.PingTokenBytes} are allowed")
        : state.CheckOptionalText(token, "the token");

    /// <summary>Returns the server's figures.</summary>
    public MetricSet Stats() => state.Metrics;
}
