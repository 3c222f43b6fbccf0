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
        var news = new ChatEvent { Kind = kind, UnixMs = state.Clock.UnixMs, Actor = person, Nick = person.Nick, Text = text };
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
}
