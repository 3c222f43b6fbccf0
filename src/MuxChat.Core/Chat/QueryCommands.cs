namespace MuxChat.Core.Chat;

/// <summary>What can be asked and changes nothing: rooms, members, a pong, figures, help.</summary>
internal sealed class QueryCommands(ChatState state, IHostFigures host)
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

        session.GoOn(new RoomListAnswer(session, listed, total, state.Limits.RoomsPerPart));
        return CommandResult.Done() with { Price = state.Rooms.Listed.Count / RoomsPerToken };
    }

    /// <summary>Lists the members of a room, in parts.</summary>
    public CommandResult Who(Session session, in Command command)
    {
        var found = state.FindRoom(session, command.Room, out var room);
        if (!found.IsDone)
        {
            return found;
        }

        session.GoOn(new MemberListAnswer(session, room, state.Limits.MembersPerPart));
        return CommandResult.Done();
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
