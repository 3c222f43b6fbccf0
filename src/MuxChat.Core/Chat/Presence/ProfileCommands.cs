using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.Presence;

/// <summary>
/// Runs the commands in which people describe themselves: that they are away, and the real name shown next to their nick.
/// </summary>
internal sealed class ProfileCommands(ChatState state)
{
    /// <summary>Sets the reason for being away. An empty text means that the person is back.</summary>
    public CommandResult Away(Person person, in Command command)
    {
        var text = state.CheckOptionalText(command.Text, "the reason");
        if (text.IsOk)
        {
            person.Away = command.Text.IsEmpty ? null : command.Text.ToArray();
            Announce(person, EventKind.Away, command.Text);
        }

        return text;
    }

    /// <summary>
    /// Tells a room that a person who has just entered it is away, if they are and may speak there. The members have only now begun to hear
    /// of that person (IRCv3 away-notify: "clients will be sent an AWAY message when a user joins and has an away message set").
    /// </summary>
    public static void AnnounceAway(ChatState state, Membership entered)
    {
        var person = entered.Person;
        if (person.Away is { } reason && RoomAccess.MaySpeak(person, entered.Room, entered).IsOk)
        {
            state.Delivery.BeginAnnouncement();
            entered.Room.Subscribers.Publish(News(state, person, EventKind.Away, reason), person.Subscriber);
        }
    }

    /// <summary>Changes the real name.</summary>
    public CommandResult RealName(Person person, in Command command)
    {
        var text = state.CheckText(command.Text, "the real name");
        text = text.IsOk ? RoomAccess.MayTakeAnother(person, "real name", isShownWhereModerated: false) : text;
        if (text.IsOk)
        {
            person.Identity = person.Identity with { RealName = command.Text.ToArray() };
            Announce(person, EventKind.RealNameSet, command.Text);
        }

        return text;
    }

    // Tells the rooms where the person may speak, and those who watch them from elsewhere. An empty text, which says nothing, goes to every
    // room. A new real name goes to the person directly if no room hears it.
    private void Announce(Person person, EventKind kind, ReadOnlySpan<byte> text)
    {
        var news = News(state, person, kind, text);
        var isTold = false;
        state.Delivery.BeginAnnouncement();
        foreach (var membership in person.Memberships)
        {
            if (text.IsEmpty || RoomAccess.MaySpeak(person, membership.Room, membership).IsOk)
            {
                membership.Room.Subscribers.Publish(news, person.Subscriber);
                isTold = true;
            }
        }

        if (!isTold && kind == EventKind.RealNameSet)
        {
            person.Receive(news);
        }

        state.Watch.Send(person, news);
    }

    private static ChatEvent News(ChatState state, Person person, EventKind kind, ReadOnlySpan<byte> text) =>
        new() { Kind = kind, UnixMs = state.Clock.UnixMs, Actor = person, Nick = person.Nick, Text = text };
}
