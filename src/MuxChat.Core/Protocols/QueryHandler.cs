using System.Runtime.InteropServices;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols;

/// <summary>
/// Executes one client's commands. It answers queries itself, in the client's protocol, and passes all other commands to the chat.
/// </summary>
/// <remarks>Owner: the client's handler. Long answers are sent part by part, as the client reads them.</remarks>
internal sealed class QueryHandler(ChatHub hub, Session session, IQueryAnswers answers, IClientOutput output)
{
    private readonly FileHandler _files = new(hub, session, answers, output);
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
            case CommandKind.WhoIs:
                return ShowPerson(command);
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
            case CommandKind.Share or CommandKind.Chunk or CommandKind.Cancel or CommandKind.Files or CommandKind.Get:
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

    private CommandResult ShowPerson(in Command command)
    {
        var found = hub.Queries.WhoIs(session.Person, command.Nick, out var facts);
        output.SendAsIs(found.IsOk ? answers.WhoIs(facts) : default);
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
