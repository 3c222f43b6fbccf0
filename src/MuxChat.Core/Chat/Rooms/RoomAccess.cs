using MuxChat.Core.Chat.Moderation;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>Who may enter a room, and who may speak in it.</summary>
internal static class RoomAccess
{
    /// <summary>
    /// Whether a person who is not in may enter. An invitation opens what a key, a limit or the want of an invitation closes, but no ban.
    /// </summary>
    /// <param name="person">Who.</param>
    /// <param name="room">Where.</param>
    /// <param name="key">The key it gives; empty for none.</param>
    /// <param name="nick">The nick under which it is to enter; empty for its own.</param>
    public static CommandResult MayEnter(Person person, Room room, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nick = default)
    {
        var rules = room.Rules;
        if (rules.IsAppointed(person))
        {
            return CommandResult.Ok();
        }

        nick = nick.IsEmpty ? person.Nick : nick;
        if (rules.IsBanned(person, nick))
        {
            return CommandResult.Error(ErrorCode.Banned, $"you are banned from {ChatState.Text(room.Name)}");
        }

        if (rules.IsInvited(person))
        {
            return CommandResult.Ok();
        }

        if ((rules.Modes & RoomModes.InviteOnly) != 0 && !rules.Welcome.Matches(person, nick))
        {
            return CommandResult.Error(ErrorCode.InviteOnly,
                $"{ChatState.Text(room.Name)} is invite-only: ask an operator of the room to invite you");
        }

        if (rules.Key is not null && !key.SequenceEqual(rules.Key))
        {
            return CommandResult.Error(ErrorCode.BadKey, key.IsEmpty
                ? $"{ChatState.Text(room.Name)} needs a key: /join {ChatState.Text(room.Name)} KEY"
                : $"wrong key for {ChatState.Text(room.Name)}");
        }

        return rules.Limit > 0 && room.MemberCount >= rules.Limit
            ? CommandResult.Error(ErrorCode.RoomFull, $"{ChatState.Text(room.Name)} is full: an operator of the room can raise its limit")
            : CommandResult.Ok();
    }

    /// <summary>Lets a client into a room once, tells it so, and the members as well, but not the one that invited.</summary>
    /// <returns>What the members were told.</returns>
    public static ChatEvent Invite(ChatState state, Person person, Room room, Person invited, MemberRank rank)
    {
        room.Rules.Invite(invited, rank);
        var told = new ChatEvent
        {
            Kind = EventKind.Invitation,
            Room = room,
            UnixMs = state.Clock.UnixMs,
            Actor = person,
            Nick = person.Nick,
            NewNick = invited.Nick,
        };
        invited.Receive(told);
        told.Kind = EventKind.Invited;
        state.Delivery.BeginAnnouncement();
        room.Subscribers.Publish(told, person.Subscriber);
        return told;
    }

    /// <summary>
    /// Makes an operator of somebody who is not in, by letting it in, or takes that back. False when there is nothing to take back.
    /// </summary>
    public static bool TryAppoint(ChatState state, Person person, Room room, Person invited, bool isOn, IModeAnswers? answers)
    {
        if (isOn)
        {
            var told = Invite(state, person, room, invited, MemberRank.Operator);
            answers?.Appointed(told);
            return true;
        }

        return room.Rules.TryUnappoint(invited);
    }

    /// <summary>Whether somebody may speak in a room; <paramref name="membership"/> is null for who is not in.</summary>
    public static CommandResult MaySpeak(Person person, Room room, Membership? membership)
    {
        var rules = room.Rules;
        if (membership is null && (rules.Modes & RoomModes.NoOutsiders) != 0)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first");
        }

        if (!rules.RestrictsSpeech || membership is { Rank: not MemberRank.None })
        {
            return CommandResult.Ok();
        }

        if ((rules.Modes & RoomModes.Moderated) != 0)
        {
            return CommandResult.Error(ErrorCode.CannotSpeak,
                $"{ChatState.Text(room.Name)} is moderated: ask an operator of the room for voice");
        }

        return IsMuted(person, room, membership)
            ? CommandResult.Error(ErrorCode.CannotSpeak, $"you are banned from {ChatState.Text(room.Name)}: you may read, but not speak")
            : CommandResult.Ok();
    }

    /// <summary>
    /// What a member says on leaving, as the room is shown it. A last word is a word: a member that may not speak leaves without one.
    /// </summary>
    public static ReadOnlySpan<byte> LastWord(Membership membership, ReadOnlySpan<byte> word) =>
        MaySpeak(membership.Person, membership.Room, membership).IsOk ? word : default;

    /// <summary>Whether a person may take another nick or real name: a member that may not speak would speak by it.</summary>
    /// <param name="person">The person.</param>
    /// <param name="what">What it wishes to take.</param>
    /// <param name="isShownWhereModerated">Whether the members of a moderated room are shown it.</param>
    public static CommandResult MayTakeAnother(Person person, string what, bool isShownWhereModerated)
    {
        if (FindMuting(person, isShownWhereModerated) is not { } room)
        {
            return CommandResult.Ok();
        }

        return room.Rules.IsBanned(person)
            ? CommandResult.Error(ErrorCode.Banned,
                $"you are banned from {ChatState.Text(room.Name)}: leave it before you change your {what}")
            : CommandResult.Error(ErrorCode.CannotSpeak,
                $"{ChatState.Text(room.Name)} is moderated: ask for voice there, or leave it, before you change your {what}");
    }

    /// <summary>
    /// A room of a person who may not speak there: because of a ban or, if asked, of <c>m</c>. Null where there is none.
    /// </summary>
    public static Room? FindMuting(Person person, bool countsModerated)
    {
        foreach (var membership in person.Memberships)
        {
            var (room, isModerated) = (membership.Room, (membership.Room.Rules.Modes & RoomModes.Moderated) != 0);
            if (membership.Rank == MemberRank.None
                && ((isModerated && countsModerated) || (room.Rules.Bans.Count > 0 && IsMuted(person, room, membership))))
            {
                return room;
            }
        }

        return null;
    }

    // Matching sixty masks for every line would cost more than sending it: it is remembered until a list or the nick changes.
    private static bool IsMuted(Person person, Room room, Membership? membership)
    {
        if (membership is null)
        {
            return room.Rules.IsBanned(person);
        }

        membership.IsMuted ??= room.Rules.IsBanned(person);
        return membership.IsMuted.Value;
    }
}
