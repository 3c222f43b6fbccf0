namespace MuxChat.Core.Chat;

/// <summary>What can be asked and changes nothing: rooms, members, a pong, figures, help.</summary>
internal sealed class QueryCommands(ChatState state, IHostFigures host)
{
    /// <summary>Lists the largest rooms, in parts.</summary>
    public CommandResult Rooms(Session session)
    {
        var seen = state.Rooms.SeenBy(session);
        ReadOnlySpan<Room> rooms = seen.AsSpan(0, Math.Min(seen.Length, state.Limits.ListedRooms));
        do
        {
            var part = rooms[..Math.Min(rooms.Length, state.Limits.RoomsPerPart)];
            rooms = rooms[part.Length..];
            session.Recipient.Receive(new ChatEvent
            {
                Kind = EventKind.RoomList,
                Rooms = part,
                Total = seen.Length,
                More = rooms.Length > 0,
            });
        }
        while (rooms.Length > 0);
        return CommandResult.Done();
    }

    /// <summary>Lists the members of a room, in parts.</summary>
    public CommandResult Who(Session session, in Command command)
    {
        var found = state.FindRoom(session, command.Room, out var room);
        if (!found.IsDone)
        {
            return found;
        }

        var members = SeenMembers(session, room);
        var total = members.Length;
        do
        {
            var part = members[..Math.Min(members.Length, state.Limits.MembersPerPart)];
            members = members[part.Length..];
            session.Recipient.Receive(new ChatEvent
            {
                Kind = EventKind.MemberList,
                Room = room,
                Members = part,
                Total = total,
                More = members.Length > 0,
            });
        }
        while (members.Length > 0);
        return CommandResult.Done();
    }

    // Copied only where somebody is to be left out.
    private static ReadOnlySpan<Membership> SeenMembers(Session session, Room room)
    {
        if (session.Find(room) is not null)
        {
            return room.Members;
        }

        var seen = new List<Membership>(room.MemberCount);
        foreach (var member in room.Members)
        {
            if (room.ShowsMember(member, session))
            {
                seen.Add(member);
            }
        }

        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(seen);
    }

    /// <summary>Answers a ping with its token.</summary>
    public CommandResult Ping(Session session, in Command command)
    {
        if (command.Text.Length > state.Limits.PingTokenBytes)
        {
            return CommandResult.Refused(ErrorCode.TooLong, $"the token has {command.Text.Length} bytes: at most {state.Limits.PingTokenBytes} are allowed");
        }

        var token = state.CheckOptionalText(command.Text, "the token");
        if (token.IsDone)
        {
            session.Recipient.Receive(new ChatEvent { Kind = EventKind.Pong, Text = command.Text });
        }

        return token;
    }

    /// <summary>Tells the server's figures.</summary>
    public CommandResult Stats(Session session)
    {
        session.Recipient.Receive(new ChatEvent
        {
            Kind = EventKind.Stats,
            Stats = new ServerStats(
                state.Nicks.Count,
                state.Rooms.SeenCount,
                state.LinesIn,
                state.LinesDelivered,
                state.Clock.NowMs,
                host.Io,
                host.Ticks,
                host.LongestTickUs,
                host.AllocatedBytes,
                host.Collections),
        });
        return CommandResult.Done();
    }

    /// <summary>Who is in needs no password.</summary>
    public static CommandResult Pass(Session session)
    {
        session.Recipient.Receive(new ChatEvent { Kind = EventKind.PasswordNotNeeded });
        return CommandResult.Done();
    }

    /// <summary>Tells what can be asked, or how one command is used. Which commands there are is the protocol's business.</summary>
    public static CommandResult Help(Session session, in Command command)
    {
        session.Recipient.Receive(new ChatEvent { Kind = EventKind.Help, Text = command.Text });
        return CommandResult.Done();
    }
}
