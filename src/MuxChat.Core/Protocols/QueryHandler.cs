using System.Runtime.InteropServices;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols;

/// <summary>
/// Executes one client's commands. It answers queries itself, in the client's protocol, and passes all other commands to the chat.
/// </summary>
/// <remarks>Owner: the client's handler. Long answers are sent part by part, as the client reads them.</remarks>
internal sealed class QueryHandler(ChatHub hub, Session session, IQueryAnswers answers, IClientOutput output)
{
    private readonly FileHandler _files = new(hub, session, answers.Files, output);
    private bool _hasGap;

    /// <summary>Executes a command. The caller sends the error if it is refused.</summary>
    public CommandResult Execute(in Command command)
    {
        switch (command.Kind)
        {
            case CommandKind.Rooms:
                return ListRooms();
            case CommandKind.Who:
                return ListMembers(command);
            case CommandKind.History:
                return ShowHistory(command);
            case CommandKind.Join when answers.ShowsSaidOnly:
                return Join(command);
            case CommandKind.Resume:
                return Resume(command);
            case CommandKind.Modes when command.Text.IsEmpty:
                return ShowModes(command);
            case CommandKind.Modes or CommandKind.Override:
                var change = command;
                change.ModeAnswers = new ModeAnswers(session, answers, output);
                return hub.Execute(session, change);
            case CommandKind.Ping:
                return Pong(command);
            case CommandKind.Stats:
                output.SendAsIs(answers.Stats(hub.Queries.Stats()));
                return CommandResult.Ok();
            case CommandKind.Help:
                output.SendAsIs(answers.Help(command.Text));
                return CommandResult.Ok();
            case CommandKind.Run:
                return Run(command);
            case CommandKind.Pass:
                output.SendAsIs(answers.PasswordNotNeeded());
                return CommandResult.Ok();
            case CommandKind.Share or CommandKind.Chunk or CommandKind.Files or CommandKind.Get:
                return _files.Execute(command);
            default:
                return hub.Execute(session, command);
        }
    }

    /// <summary>Shows the last lines said in the room that the client has just entered, if its protocol does so.</summary>
    public void Replay()
    {
        if (answers.ShowsSaidOnly && hub.Queries.Limits.Replay > 0 && session.Person.Memberships is [.., var entered])
        {
            session.EnqueueAnswer(new HistoryAnswer(
                entered, chat => chat.FindReplay(entered, chat.Limits.HistoryAnswerBytes), hub.Queries, answers, output));
        }
    }

    private CommandResult Join(in Command command)
    {
        var before = session.Person.Memberships.Count;
        var result = hub.Execute(session, command);
        if (session.Person.Memberships.Count > before)
        {
            Replay();
        }

        return result;
    }

    private CommandResult Resume(in Command command)
    {
        var after = command.After;
        var resume = command;
        resume.ShowMissed = (room, range) => ShowMissed(room, range, after);
        _hasGap = false;
        var result = hub.Execute(session, resume);
        hub.Metrics.Resumes.Increment(!result.IsOk ? ResumeOutcomes.Refused : _hasGap ? ResumeOutcomes.Gap : ResumeOutcomes.Resumed);
        return result;
    }

    // Sends all pages at once, so that the room's next event follows them. Their size is limited (ChatLimits.HistoryAnswerBytes).
    private void ShowMissed(Room room, HistoryRange? range, long after)
    {
        if (range is null)
        {
            _hasGap = true;
            output.SendAsIs(answers.Gap(room, after));
            return;
        }

        do
        {
            var page = range.ReadPage(hub.Queries.Limits.HistoryPartBytes);
            output.SendAsIs(answers.History(room, page, range.HasMore));
        }
        while (range.HasPages);
    }

    private CommandResult ShowHistory(in Command command)
    {
        var checkedHistory = hub.Queries.CheckHistory(session.Person, command, out var membership);
        if (membership is not null)
        {
            var (after, limit, saidOnly) = (command.After, command.Limit, answers.ShowsSaidOnly);
            session.EnqueueAnswer(new HistoryAnswer(
                membership, chat => chat.FindHistory(membership.Room, after, limit, saidOnly), hub.Queries, answers, output));
        }

        return checkedHistory;
    }

    private CommandResult ListRooms()
    {
        var rooms = hub.Queries.ListRooms(session.Person, out var total);
        session.EnqueueAnswer(new RoomList(rooms, total, hub.Queries.Limits.RoomsPerPart, answers, output));
        return CommandResult.Ok() with { Price = hub.Queries.PriceOfRooms };
    }

    private CommandResult ListMembers(in Command command)
    {
        var found = hub.Queries.FindRoom(session.Person, command.Room, out var room);
        if (found.IsOk)
        {
            session.EnqueueAnswer(new MemberList(session.Person, room, hub.Queries.Limits.MembersPerPart, answers, output));
        }

        return found;
    }

    private CommandResult Run(in Command command)
    {
        if (command.Nick.IsEmpty)
        {
            var listed = hub.Programs.List(session.Person, out var programs);
            output.SendAsIs(listed.IsOk ? answers.Programs(programs) : default);
            return listed;
        }

        var started = hub.Programs.Start(session.Person, command.Nick, command.Arguments, out var run);
        if (run is not null)
        {
            session.EnqueueAnswer(new RunAnswer(run, answers.BeginRun(output, Encoding.ASCII.GetString(command.Nick), command.Id)));
        }

        return started;
    }

    private CommandResult ShowModes(in Command command)
    {
        var found = hub.Queries.FindRoom(session.Person, command.Room, out var room);
        if (found.IsOk)
        {
            output.SendAsIs(answers.Modes(room, room.Rules.Describe(session.Person.Find(room) is not null)));
        }

        return found;
    }

    private CommandResult Pong(in Command command)
    {
        var token = hub.Queries.CheckPingToken(command.Text);
        if (token.IsOk)
        {
            output.SendAsIs(answers.Pong(command.Text));
        }

        return token;
    }

    /// <summary>
    /// A range of a room's past, found when its first page is written, so that it holds everything that the client has been told before. It
    /// ends early if the client leaves the room meanwhile.
    /// </summary>
    private sealed class HistoryAnswer(
        Membership membership, Func<QueryCommands, HistoryRange> find, QueryCommands chat, IQueryAnswers answers, IClientOutput output)
        : ILongAnswer
    {
        private HistoryRange? _range;

        public bool WritePart()
        {
            var room = membership.Room;
            if (!ReferenceEquals(membership.Person.Find(room), membership))
            {
                output.SendAsIs(answers.History(room, default, hasMore: false));
                return false;
            }

            _range ??= find(chat);
            var page = _range.ReadPage(chat.Limits.HistoryPartBytes);
            output.SendAsIs(answers.History(room, page, _range.HasMore));
            return _range.HasPages;
        }
    }

    /// <summary>A list of rooms, as of the time of the request.</summary>
    private sealed class RoomList(List<Room> rooms, int total, int roomsPerPart, IQueryAnswers answers, IClientOutput output) : ILongAnswer
    {
        private int _next;

        public bool WritePart()
        {
            var part = CollectionsMarshal.AsSpan(rooms)[_next..Math.Min(_next + roomsPerPart, rooms.Count)];
            _next += part.Length;
            var hasMore = _next < rooms.Count;
            output.SendAsIs(answers.Rooms(part, total, hasMore));
            return hasMore;
        }
    }

    /// <summary>The members of a room, from the end of the room's list to its beginning.</summary>
    /// <remarks>
    /// When a member leaves, the last member moves to its place. In this order every member who stays is listed, and may be listed twice.
    /// </remarks>
    private sealed class MemberList(
        Person person, Room room, int membersPerPart, IQueryAnswers answers, IClientOutput output) : ILongAnswer
    {
        private readonly int _total = Seen(person, room, room.Members).Length;
        private int _left = room.MemberCount;

        public bool WritePart()
        {
            // Since the last part, the room may have become secret and the client may have left it.
            _left = room.IsSeenBy(person) ? Math.Min(_left, room.MemberCount) : 0;
            var first = Math.Max(0, _left - membersPerPart);
            var part = Seen(person, room, room.Members[first.._left]);
            _left = first;
            output.SendAsIs(answers.Members(room, part, _total, hasMore: _left > 0));
            return _left > 0;
        }

        // Only members see invisible people, so the list is copied only for a client outside the room.
        private static ReadOnlySpan<Membership> Seen(Person person, Room room, ReadOnlySpan<Membership> members)
        {
            if (person.Find(room) is not null)
            {
                return members;
            }

            var seen = new List<Membership>(members.Length);
            foreach (var member in members)
            {
                if (room.ShowsMember(member, person))
                {
                    seen.Add(member);
                }
            }

            return CollectionsMarshal.AsSpan(seen);
        }
    }

    /// <summary>
    /// Answers a change of modes: queues the mask lists that the client asked for, and reports that a new operator
    /// was invited. The answer to the request reports refusals.
    /// </summary>
    private sealed class ModeAnswers(Session session, IQueryAnswers answers, IClientOutput output) : IModeAnswers
    {
        public void Refused(char letter, ReadOnlySpan<byte> parameter, in CommandResult why)
        {
        }

        public void Appointed(in ChatEvent invited) => output.Receive(invited);

        public void Listed(Room room, char letter, ReadOnlySpan<MaskEntry> masks) =>
            session.EnqueueAnswer(new MaskListing(room, letter, masks.ToArray(), answers, output));
    }

    private sealed class MaskListing(Room room, char letter, MaskEntry[] masks, IQueryAnswers answers, IClientOutput output) : ILongAnswer
    {
        public bool WritePart()
        {
            output.SendAsIs(answers.Masks(room, letter, masks));
            return false;
        }
    }
}

/// <summary>
/// Writes a protocol's answers to queries. Each method encodes one part. Its bytes are valid until the
/// next call, and empty if the protocol sends nothing.
/// </summary>
/// <remarks>An exception ends the client that asked, and no other.</remarks>
public interface IQueryAnswers
{
    /// <summary>
    /// Whether the past is shown as people want it: the last lines said, on entering a room and on request. If not, all events after a
    /// number, on request only.
    /// </summary>
    bool ShowsSaidOnly { get; }

    /// <summary>Encodes a page of a room's past.</summary>
    /// <param name="room">The room.</param>
    /// <param name="page">The events.</param>
    /// <param name="hasMore">Whether more events follow, in the next page or on request.</param>
    ReadOnlySpan<byte> History(Room room, HistoryPage page, bool hasMore);

    /// <summary>Encodes that a room no longer remembers all events after the one that the client gave.</summary>
    /// <param name="room">The room.</param>
    /// <param name="after">The number of that event.</param>
    ReadOnlySpan<byte> Gap(Room room, long after);

    /// <summary>Encodes a part of the list of rooms.</summary>
    /// <param name="part">The rooms.</param>
    /// <param name="total">The number of rooms that the client may see.</param>
    /// <param name="hasMore">Whether another part follows.</param>
    ReadOnlySpan<byte> Rooms(ReadOnlySpan<Room> part, int total, bool hasMore);

    /// <summary>Encodes a part of the list of a room's members.</summary>
    /// <param name="room">The room.</param>
    /// <param name="part">The members.</param>
    /// <param name="total">The number of members that the client may see.</param>
    /// <param name="hasMore">Whether another part follows.</param>
    ReadOnlySpan<byte> Members(Room room, ReadOnlySpan<Membership> part, int total, bool hasMore);

    /// <summary>Encodes a room's modes.</summary>
    /// <param name="room">The room.</param>
    /// <param name="modes">The modes, with the parameters that the client may see.</param>
    ReadOnlySpan<byte> Modes(Room room, ReadOnlySpan<byte> modes);

    /// <summary>Encodes one of a room's mask lists as a whole: it has a few dozen masks at most.</summary>
    /// <param name="room">The room.</param>
    /// <param name="letter">The list's mode letter.</param>
    /// <param name="masks">The masks.</param>
    ReadOnlySpan<byte> Masks(Room room, char letter, ReadOnlySpan<MaskEntry> masks);

    /// <summary>Encodes the answer to a ping.</summary>
    /// <param name="token">The token of the ping, already checked; empty for none.</param>
    ReadOnlySpan<byte> Pong(ReadOnlySpan<byte> token);

    /// <summary>Encodes the server's metrics.</summary>
    ReadOnlySpan<byte> Stats(MetricSet metrics);

    /// <summary>Encodes the list of programs that the client may run.</summary>
    ReadOnlySpan<byte> Programs(IReadOnlyList<AllowedProgram> programs);

    /// <summary>Begins the answer to a request to run a program.</summary>
    /// <param name="output">The client's output.</param>
    /// <param name="name">The program's name.</param>
    /// <param name="id">The request's id; empty for none.</param>
    IRunWriter BeginRun(IClientOutput output, string name, ReadOnlySpan<byte> id);

    /// <summary>Encodes help on one command, or on all.</summary>
    /// <param name="topic">The command's name, with or without its slash; empty or unknown for all.</param>
    ReadOnlySpan<byte> Help(ReadOnlySpan<byte> topic);

    /// <summary>Writes the answers about files.</summary>
    IFileAnswers Files { get; }

    /// <summary>Encodes the request for the server's password, which comes before anything else.</summary>
    ReadOnlySpan<byte> PasswordWanted();

    /// <summary>Encodes the notice that no password is needed, for a client that already has a session.</summary>
    ReadOnlySpan<byte> PasswordNotNeeded();
}
