using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Lives;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// The one log of all rooms: it stands between the chat and the delivery, checks each event against what the clients asked for, and
/// tells each member what it must see.
/// </summary>
internal sealed partial class ChatLog(IDelivery inner, SimWorld world, ServerLife life) : IDelivery
{
    private const string InternalError = "internal error";

    private static readonly string[] CloseWords =
    [
        "connection closed", "connection reset", "slow consumer", "slow consumer, with the server's output at its limit",
        "no answer to a ping", "sent an oversized line or frame", InternalError,
    ];

    private const string SpokeTls = "spoke TLS";

    // What the room is told when the first line of a client that was silent shows that it is no person.
    private const string Speaks = "switched to ";

    private readonly List<LoggedRoom> _rooms = [];
    private long _announcement;

    /// <summary>The rooms that have listeners or members.</summary>
    public IReadOnlyList<LoggedRoom> Rooms => _rooms;

    public IRoomSubscribers CreateSubscribers() => new LoggedRoom(inner.CreateSubscribers(), this);

    public void BeginAnnouncement()
    {
        life.Nicks?.Look();
        _announcement++;
        inner.BeginAnnouncement();
    }

    public void Enter(LoggedRoom room, IRecipient recipient)
    {
        var link = LinkOf(recipient);
        link.NoteServedAs(((Recipient)recipient).Protocol!.Name, world.Clock.NowMs);
        Check.Fail(link.IsForgetful, CheckNames.Login, $"client {link.ClientNumber} is let in, and has not given the password");
        Check.Fail(room.Listeners.Contains(link), CheckNames.Membership, $"client {link.ClientNumber} entered {room.Name} twice");
        if (!_rooms.Contains(room))
        {
            _rooms.Add(room);
        }

        room.Listeners.Add(link);
        link.RoomCount++;
    }

    public static void Leave(LoggedRoom room, IRecipient recipient)
    {
        var link = LinkOf(recipient);
        Check.Fail(!room.Listeners.Remove(link), CheckNames.Membership, $"client {link.ClientNumber} left {room.Name}, in which it is not");
        link.RoomCount--;
    }

    /// <summary>Writes an event down. Returns how many it must reach.</summary>
    public int Publish(LoggedRoom room, in ChatEvent chatEvent, IRecipient? actor)
    {
        if (actor is not Recipient)
        {
            return PublishDatagram(room, chatEvent);
        }

        if (chatEvent.Kind == EventKind.Away)
        {
            return PublishAway(room, chatEvent, LinkOf(actor!));
        }

        if (chatEvent.Kind == EventKind.Invited)
        {
            return PublishInvited(room, chatEvent, LinkOf(actor!));
        }

        CheckUnsaidAway(chatEvent, LinkOf(actor!));
        var happened = Numbered(room, chatEvent, LinkOf(actor!));
        CheckAuthor(happened);
        if (happened.Kind == EventKind.Shared)
        {
            world.Keeper.Files!.Announced(happened);
        }

        life.Book?.Take(happened);
        life.Journal?.Published(happened, life.Book?.Of(happened.Room));
        Apply(room, happened);
        if (happened.Kind == EventKind.Joined)
        {
            NoteEntry(happened);
        }

        return Expect(room, happened);
    }

    /// <summary>Forgets rooms that have ended.</summary>
    public void Tidy() => _rooms.RemoveAll(static room => room.Listeners.Count == 0 && room.Members.Count == 0);

    /// <summary>Whose a recipient is.</summary>
    public static Link LinkOf(IRecipient recipient) => (Link)((SimChannel)((Connection)((Recipient)recipient).Owner!).Channel).Far;

    private void CheckAuthor(LoggedEvent happened)
    {
        var actor = happened.Actor;
        if (actor.LogNick is null && actor.ServedBy.Protocol == "irc")
        {
            // It is in no room before it asks for one, and has a nick that it asked for.
            Match(happened);
            var isFromOutside = life.Book is not null && happened.Kind is EventKind.Said or EventKind.Acted;
            var isFirst = happened.Kind == EventKind.Joined || isFromOutside;
            var isMeant = isFirst && actor.Intents.MayBeCalled(happened.Nick);
            Check.Fail(!isMeant, CheckNames.Log, $"{happened}: it did not ask to be called that");
            actor.LogNick = happened.Nick;
            Check.Fail(IsNickOfAnother(happened.Nick, actor), CheckNames.Log, $"two are called {happened.Nick}");
            return;
        }

        if (actor.LogNick is null)
        {
            Check.Fail(happened.Kind != EventKind.Joined, CheckNames.Log, $"{happened} comes before its author joined");
            CheckFirstNick(happened, actor);
            actor.LogNick = happened.Nick;
            Check.Fail(IsNickOfAnother(happened.Nick, actor), CheckNames.Log, $"two are called {happened.Nick}");
            return;
        }

        if (actor.LogNick != happened.Nick && actor.Intents.MayBeCalled(happened.Nick))
        {
            actor.LogNick = happened.Nick;
        }

        var isSecondOfAnnouncement =
            happened.Kind == EventKind.Renamed && actor.LogNick == happened.NewNick && actor.NickBefore == happened.Nick;
        if (!isSecondOfAnnouncement && actor.LogNick != happened.Nick)
        {
            // Outside all rooms it took another nick, and nobody was told: the request is passed over when this event is matched.
            Match(happened);
            Check.Fail(!actor.Intents.MayBeCalled(happened.Nick), CheckNames.Log,
                $"{happened} is by client {actor.ClientNumber}, called {actor.LogNick}");
            actor.LogNick = happened.Nick;
            return;
        }

        Match(happened);
    }

    private static bool IsCloseWord(LoggedEvent quit) =>
        Array.IndexOf(CloseWords, quit.Text) >= 0 || (quit.Text == SpokeTls && quit.Actor.IsTakenForPlain);

    private void Match(LoggedEvent happened)
    {
        var actor = happened.Actor;
        if (life.Book?.IsRankOfOperator(happened) == true)
        {
            actor.Intents.NoteRank(happened);
            return;
        }

        if (IsTurning(happened) || IsOfKill(happened))
        {
            return;
        }

        if (actor.ServedBy.Protocol == "line" && happened.Kind == EventKind.Said && actor.View is IrcView irc)
        {
            Check.Fail(!irc.HasWritten(happened.Text), CheckNames.Log,
                $"client {actor.ClientNumber}, taken for a person, did not write that: {happened}");
            return;
        }

        if (happened.Kind == EventKind.Quit && !actor.HasQuit)
        {
            Check.Fail(!IsCloseWord(happened), CheckNames.Log,
                $"client {actor.ClientNumber} did not quit: {happened}");
            var isAlone = happened.Text != InternalError || actor.IsHit;
            Check.Fail(!isAlone, CheckNames.Firewall, $"no mistake hit client {actor.ClientNumber}: {happened}");
            return;
        }

        // A quit is told once for each room.
        if (happened.Kind != EventKind.Quit || actor.QuitSeen is null)
        {
            if (happened.Kind != EventKind.Quit || !IsCloseWord(happened))
            {
                actor.Intents.Match(happened);
            }

            actor.QuitSeen = happened.Kind == EventKind.Quit ? happened.Text : null;
        }

        // Who enters rooms pays from what it has for coming back.
        actor.Joins += happened.Kind == EventKind.Joined ? 1 : 0;

        // A line of IRC with several rooms in it passes as one, and is charged for the others after it.
        var more = actor.ServedBy.Protocol == "irc" ? SimClient.MaxRoomsOfLine - 1 : 0;
        more += Math.Min(actor.Joins, world.Plan.Talking.LoginBudget);
        var allowed = world.Plan.Talking.FloodBurst + 1 + more
            + ((world.Clock.NowMs - actor.ServedSinceMs) * world.Plan.Talking.FloodPerSecond / 1000.0);
        Check.Fail(
            world.Plan.Talking.Flood && actor.Intents.Matched > allowed,
            CheckNames.Flood,
            $"client {actor.ClientNumber} had {actor.Intents.Matched} requests carried out, {allowed} are allowed");
    }

    private void Apply(LoggedRoom room, LoggedEvent happened)
    {
        var actor = happened.Actor;
        Check.Fail(IsNickOfAnother(happened.Nick, actor), CheckNames.Log, $"{happened}: two have that nick");
        var isInside = room.Members.Contains(actor);
        var isFromOutside = life.Book is not null && happened.Kind is EventKind.Said or EventKind.Acted;
        var isWrong = isInside == (happened.Kind == EventKind.Joined) && !isFromOutside;
        Check.Fail(isWrong, CheckNames.Log, $"{happened}: its author is {(isInside ? "" : "not ")}a member");
        switch (happened.Kind)
        {
            case EventKind.Joined:
                room.Members.Add(actor);
                actor.Rooms.Add(room);
                actor.Current = room;
                actor.IsCurrentUnsure = false;
                actor.Entries.Enqueue(happened);
                happened.HeardSeq = _heard.LastOf(actor, happened);
                happened.Members = actor.ServedBy.Protocol == "irc" ? room.Members.ConvertAll(static member => member.LogNick!) : [];
                break;
            case EventKind.Left or EventKind.Quit:
                NoteHeard(happened);
                Leave(room, actor);
                actor.HasLeft |= happened.Kind == EventKind.Quit;
                if (IsTurning(happened))
                {
                    actor.NoteTurnedTo(actor.Client.Model, world.Clock.NowMs);
                }

                break;
            case EventKind.Kicked:
                _heard.Note(happened.Other!, happened);
                PutOut(room, happened);
                break;
            case EventKind.Renamed when actor.LogNick != happened.NewNick:
                Check.Fail(IsNickOfAnother(happened.NewNick, actor), CheckNames.Log, $"{happened}: another client has that nick");
                actor.NickBefore = happened.Nick;
                actor.LogNick = happened.NewNick;
                break;
        }
    }

    private static bool IsTurning(LoggedEvent happened) =>
        happened.Kind == EventKind.Quit && happened.Actor.IsMistaken && happened.Text == Speaks + happened.Actor.Client.Model.Protocol;

    private bool IsNickOfAnother(string nick, Link actor)
    {
        foreach (var room in _rooms)
        {
            foreach (var member in room.Members)
            {
                if (member != actor && string.Equals(member.LogNick, nick, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private int Expect(LoggedRoom room, LoggedEvent happened)
    {
        var reached = 0;
        _last = happened;
        _told.Clear();
        foreach (var listener in room.Listeners)
        {
            var model = listener.ServedBy;
            if ((listener == happened.Author && !model.ShowsToActor(happened.Kind, listener))
                || (model.IsOncePerPerson(happened.Kind) && listener.LastAnnouncement == _announcement)
                || !IsTold(listener, happened.Kind))
            {
                continue;
            }

            listener.LastAnnouncement = model.IsOncePerPerson(happened.Kind) ? _announcement : listener.LastAnnouncement;
            listener.Expected.Enqueue(new Expected(happened, listener.RoomCount > 1));
            listener.Backlog.MaxAddedBytes += happened.MaxBytes;
            _told.Add(listener);
            reached++;
        }

        return reached;
    }
}
