using System.Runtime.InteropServices;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>What can be asked and changes nothing: rooms, members, a pong, figures, help.</summary>
internal sealed class QueryCommands(ChatState state)
{
    /// <summary>Rooms that are looked through for one more of the flood budget: 2,500.</summary>
    public const int RoomsPerToken = 2_500;

    /// <summary>Lists the largest rooms, in parts.</summary>
    public CommandResult Rooms(Session session)
    {
        var listed = new List<Room>();
        var total = 0;
        foreach (var room in state.Rooms.Listed.Rooms)
        {
            if (room.IsSeenBy(session) && total++ < state.Limits.ListedRooms)
            {
                listed.Add(room);
            }
        }

        session.EnqueueAnswer(new RoomListAnswer(session, listed, total, state.Limits.RoomsPerPart));
        return CommandResult.Ok() with { Price = state.Rooms.Listed.Count / RoomsPerToken };
    }

    /// <summary>Lists the members of a room, in parts.</summary>
    public CommandResult Who(Session session, in Command command)
    {
        var found = state.FindRoom(session, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        session.EnqueueAnswer(new MemberListAnswer(session, room, state.Limits.MembersPerPart));
        return CommandResult.Ok();
    }

    /// <summary>Answers a ping with its token.</summary>
    public CommandResult Ping(Session session, in Command command)
    {
        if (command.Text.Length > state.Limits.PingTokenBytes)
        {
            return CommandResult.Error(ErrorCode.TooLong,
                $"the token has {command.Text.Length} bytes: at most {state.Limits.PingTokenBytes} are allowed");
        }

        var token = state.CheckOptionalText(command.Text, "the token");
        if (token.IsOk)
        {
            session.Recipient.Receive(new ChatEvent { Kind = EventKind.Pong, Text = command.Text });
        }

        return token;
    }

    /// <summary>Tells the server's figures.</summary>
    public CommandResult Stats(Session session)
    {
        session.Recipient.Receive(new ChatEvent { Kind = EventKind.Stats, Stats = state.Metrics });
        return CommandResult.Ok();
    }

    /// <summary>Who is in needs no password.</summary>
    public static CommandResult Pass(Session session)
    {
        session.Recipient.Receive(new ChatEvent { Kind = EventKind.PasswordNotNeeded });
        return CommandResult.Ok();
    }

    /// <summary>Tells what can be asked, or how one command is used. Which commands there are is the protocol's business.</summary>
    public static CommandResult Help(Session session, in Command command)
    {
        session.Recipient.Receive(new ChatEvent { Kind = EventKind.Help, Text = command.Text });
        return CommandResult.Ok();
    }

    /// <summary>
    /// The members of a room, in parts. The last part of the list comes first, since who leaves meanwhile gives its place to the last one:
    /// nobody who stays is left out, and somebody may be named twice.
    /// </summary>
    private sealed class MemberListAnswer(Session session, Room room, int membersPerPart) : ILongAnswer
    {
        private readonly int _total = Seen(session, room, room.Members).Length;
        private int _left = room.MemberCount;

        public bool WritePart()
        {
            // The room may have become secret, and the client have left it.
            _left = room.IsSeenBy(session) ? Math.Min(_left, room.MemberCount) : 0;
            var first = Math.Max(0, _left - membersPerPart);
            var part = Seen(session, room, room.Members[first.._left]);
            _left = first;
            session.Recipient.Receive(new ChatEvent
            {
                Kind = EventKind.MemberList,
                Room = room,
                Members = part,
                Total = _total,
                More = _left > 0,
            });
            return _left > 0;
        }

        // Copied only where somebody is to be left out: invisible people are seen from within.
        private static ReadOnlySpan<Membership> Seen(Session session, Room room, ReadOnlySpan<Membership> members)
        {
            if (session.Find(room) is not null)
            {
                return members;
            }

            var seen = new List<Membership>(members.Length);
            foreach (var member in members)
            {
                if (room.ShowsMember(member, session))
                {
                    seen.Add(member);
                }
            }

            return CollectionsMarshal.AsSpan(seen);
        }
    }

    /// <summary>A list of rooms, as they were when it was asked for, in parts.</summary>
    private sealed class RoomListAnswer(Session session, List<Room> rooms, int total, int roomsPerPart) : ILongAnswer
    {
        private int _next;

        public bool WritePart()
        {
            var part = CollectionsMarshal.AsSpan(rooms)[_next..Math.Min(_next + roomsPerPart, rooms.Count)];
            _next += part.Length;
            session.Recipient.Receive(new ChatEvent
            {
                Kind = EventKind.RoomList,
                Rooms = part,
                Total = total,
                More = _next < rooms.Count,
            });
            return _next < rooms.Count;
        }
    }
}
