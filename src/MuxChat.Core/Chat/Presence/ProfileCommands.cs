using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.Presence;

/// <summary>What somebody says about itself: that it is away, and what it calls itself beside its nick.</summary>
internal sealed class ProfileCommands(ChatState state)
{
    /// <summary>Says why somebody is away; an empty text says that it is back.</summary>
    public CommandResult Away(Session session, in Command command)
    {
        var text = state.CheckOptionalText(command.Text, "the reason");
        if (text.IsOk)
        {
            session.Away = command.Text.IsEmpty ? null : command.Text.ToArray();
            Announce(session, EventKind.Away, command.Text);
        }

        return text;
    }

    /// <summary>Takes another real name.</summary>
    public CommandResult RealName(Session session, in Command command)
    {
        var text = state.CheckText(command.Text, "the real name");
        text = text.IsOk ? RoomAccess.MayTakeAnother(session, "real name", isShownWhereModerated: false) : text;
        if (text.IsOk)
        {
            session.Identity = session.Identity with { RealName = command.Text.ToArray() };
            Announce(session, EventKind.RealNameSet, command.Text);
        }

        return text;
    }

    // To the rooms where it may speak, to those who watch it from elsewhere, and, where that is no room, to itself.
    private void Announce(Session session, EventKind kind, ReadOnlySpan<byte> text)
    {
        var news = new ChatEvent { Kind = kind, UnixMs = state.Clock.UnixMs, Actor = session, Nick = session.Nick, Text = text };
        var isTold = false;
        state.Delivery.BeginAnnouncement();
        foreach (var membership in session.Memberships)
        {
            if (text.IsEmpty || RoomAccess.MaySpeak(session, membership.Room, membership).IsOk)
            {
                membership.Room.Subscribers.Publish(news, session.Recipient);
                isTold = true;
            }
        }

        if (!isTold && kind == EventKind.RealNameSet)
        {
            session.Recipient.Receive(news);
        }

        state.Watch.Send(session, news);
    }
}
