using MuxChat.Core.Chat;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Moderation;

/// <summary>What a room's rules say to a request, by the protocol's description: the one error that it gets, or none.</summary>
internal static class RoomJudge
{
    /// <summary>Judges a request.</summary>
    /// <param name="room">The room; null where there is none of that name, or it is not a request of one room's.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="nick">Under which nick.</param>
    /// <param name="asked">What is asked.</param>
    public static ErrorCode Judge(RoomState? room, Link who, string nick, Intent asked)
    {
        if (asked.Kind == IntentKind.Kill)
        {
            return who.IsServerOperator ? ErrorCode.None : ErrorCode.NotOperator;
        }

        if (asked.Kind is IntentKind.Join or IntentKind.Resume)
        {
            return room is null ? ErrorCode.None : MayEnter(room, who, nick, asked.Key);
        }

        if (room is null || (room.IsHidden && !room.IsIn(who)))
        {
            return ErrorCode.UnknownRoom;
        }

        return asked.Kind switch
        {
            IntentKind.Say or IntentKind.Act => MaySpeak(room, who, nick),
            IntentKind.Share or IntentKind.Chunk => room.IsIn(who) ? MaySpeak(room, who, nick) : ErrorCode.NotInRoom,
            IntentKind.Part => room.IsIn(who) ? ErrorCode.None : ErrorCode.NotInRoom,
            IntentKind.Topic when !room.IsIn(who) => ErrorCode.NotInRoom,
            IntentKind.Topic when room.Has('t') && !room.IsOperator(who) => ErrorCode.NotRoomOperator,
            IntentKind.Topic => MaySpeak(room, who, nick),
            IntentKind.Mode => MayChange(room, who, asked),
            IntentKind.Kick when !room.IsIn(who) => ErrorCode.NotInRoom,
            IntentKind.Kick when !room.IsOperator(who) => ErrorCode.NotRoomOperator,
            IntentKind.Kick => Find(room, asked.Nick) is null ? ErrorCode.NotThere : ErrorCode.None,
            IntentKind.Invite => MayInvite(room, who, nick, asked),
            _ => ErrorCode.None,
        };
    }

    /// <summary>Whether somebody may enter a room.</summary>
    public static ErrorCode MayEnter(RoomState room, Link who, string nick, string key)
    {
        if (room.IsIn(who))
        {
            return ErrorCode.None;
        }

        if (room.IsBanned(who, nick))
        {
            return ErrorCode.Banned;
        }

        return room.Invited.Contains(who) ? ErrorCode.None
            : room.Has('i') && !room.IsWelcome(who, nick) ? ErrorCode.InviteOnly
            : room.Key.Length > 0 && room.Key != key ? ErrorCode.BadKey
            : room.Limit > 0 && room.Members.Count >= room.Limit ? ErrorCode.RoomFull
            : ErrorCode.None;
    }

    /// <summary>Whether somebody may speak in a room.</summary>
    public static ErrorCode MaySpeak(RoomState room, Link who, string nick)
    {
        if (!room.IsIn(who) && room.Has('n'))
        {
            return ErrorCode.NotInRoom;
        }

        return room.RankOf(who).Length == 0 && (room.Has('m') || room.IsMuted(who, nick)) ? ErrorCode.CannotSpeak : ErrorCode.None;
    }

    /// <summary>The member of that name; null for none.</summary>
    public static Link? Find(RoomState room, string nick) =>
        room.Members.Keys.FirstOrDefault(one => string.Equals(one.LogNick, nick, StringComparison.OrdinalIgnoreCase));

    private static ErrorCode MayChange(RoomState room, Link who, Intent asked)
    {
        var changes = ModeText.Of(room, asked.Text);
        return changes.HasUnknown ? ErrorCode.UnknownMode
            : !room.IsOperator(who) ? ErrorCode.NotRoomOperator
            : changes.HasAbsent ? ErrorCode.NotThere : ErrorCode.None;
    }

    private static ErrorCode MayInvite(RoomState room, Link who, string nick, Intent asked) =>
        !room.IsIn(who) ? ErrorCode.NotInRoom
        : room.Has('i') && !room.IsOperator(who) ? ErrorCode.NotRoomOperator
        : MaySpeak(room, who, nick) is var speak and not ErrorCode.None ? speak
        : Find(room, asked.Nick) is not null ? ErrorCode.AlreadyThere
        : ErrorCode.None;
}
