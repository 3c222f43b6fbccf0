using MuxChat.Core.Chat.Moderation;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>Decides whether a person may enter a room, and whether they may speak in it.</summary>
internal static class RoomAccess
{
    /// <summary>
    /// Whether a person who is not in the room may enter it. An invitation overrides +k, +l and +i. It does not override a ban, unless a
    /// server operator made it to appoint an operator.
    /// </summary>
    /// <param name="person">The person who wants to enter.</param>
    /// <param name="room">The room.</param>
    /// <param name="key">The key that the person gives; empty for none.</param>
    /// <param name="nick">The nick under which the person is about to enter; empty for the current one.</param>
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
                ? $"{ChatState.Text(room.Name)} needs a key: join it with its key"
                : $"wrong key for {ChatState.Text(room.Name)}");
        }

        return rules.Limit > 0 && room.MemberCount >= rules.Limit
            ? CommandResult.Error(ErrorCode.RoomFull, $"{ChatState.Text(room.Name)} is full: an operator of the room can raise its limit")
            : CommandResult.Ok();
    }

    /// <summary>Invites a person for one entry. Notifies them and the room's members, except the inviter.</summary>
    /// <returns>The event that the members got.</returns>
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
    /// Appoints a person who is not in the room as its operator by inviting them, or withdraws that. False if there is nothing to withdraw.
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

    /// <summary>Whether a person may speak in a room; <paramref name="membership"/> is null for a person who is not in it.</summary>
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
            ? CommandResult.Error(ErrorCode.CannotSpeak,
                $"you are {WhyMuted(person, room)} {ChatState.Text(room.Name)}: you may read, but not speak")
            : CommandResult.Ok();
    }

    /// <summary>
    /// Returns the parting text that the room is shown. A parting text is speech: it is dropped if the member may not speak.
    /// </summary>
    public static ReadOnlySpan<byte> LastWord(Membership membership, ReadOnlySpan<byte> word) =>
        MaySpeak(membership.Person, membership.Room, membership).IsOk ? word : default;

    /// <summary>
    /// Whether a person may change their nick or real name. A member who may not speak in a
    /// room could otherwise speak through the new name.
    /// </summary>
    /// <param name="person">The person.</param>
    /// <param name="what">The name to change, as a word for the error message.</param>
    /// <param name="isShownWhereModerated">Whether members of a moderated room would see the change.</param>
    public static CommandResult MayTakeAnother(Person person, string what, bool isShownWhereModerated)
    {
        if (FindMuting(person, isShownWhereModerated) is not { } room)
        {
            return CommandResult.Ok();
        }

        return room.Rules.IsMuted(person)
            ? CommandResult.Error(ErrorCode.Banned,
                $"you are {WhyMuted(person, room)} {ChatState.Text(room.Name)}: leave it before you change your {what}")
            : CommandResult.Error(ErrorCode.CannotSpeak,
                $"{ChatState.Text(room.Name)} is moderated: ask for voice there, or leave it, before you change your {what}");
    }

    /// <summary>
    /// Finds a room in which a person is a member but may not speak, because of a ban or, with
    /// <paramref name="countsModerated"/>, of mode <c>m</c>. Null if there is none.
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

    // Matching sixty masks for each line would cost more than sending it. The result is cached until a list or the nick changes.
    private static bool IsMuted(Person person, Room room, Membership? membership)
    {
        if (membership is null)
        {
            return room.Rules.IsMuted(person);
        }

        membership.IsMuted ??= room.Rules.IsMuted(person);
        return membership.IsMuted.Value;
    }

    private static string WhyMuted(Person person, Room room) => room.Rules.IsBanned(person) ? "banned from" : "muted in";
}
