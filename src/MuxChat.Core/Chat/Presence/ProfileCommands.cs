using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.Presence;

/// <summary>What somebody says about itself: that it is away, and what it calls itself beside its nick.</summary>
internal sealed class ProfileCommands(ChatState state)
{
    /// <summary>Says why somebody is away; an empty text says that it is back.</summary>
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

    /// <summary>Takes another real name.</summary>
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

    // To the rooms where it may speak, to those who watch it from elsewhere, and, where that is no room, to itself.
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
