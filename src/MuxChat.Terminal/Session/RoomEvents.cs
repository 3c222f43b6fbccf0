using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>Takes the events of rooms: in order, once, and not before all that came before is there.</summary>
internal sealed class RoomEvents(ChatSession session)
{
    /// <summary>Takes an event as the server sends it.</summary>
    public void Take(JsonElement frame)
    {
        var view = frame.Has("room") ? session.Find(frame.Text("room")) : null;
        var happened = RoomEvent.Read(frame, view?.Sequence.Epoch ?? 0, session.Now);
        happened = happened with { IsOwn = session.Nicks.IsMe(happened.Actor) };
        session.Nicks.Notice(happened);
        if (happened.Type == "renamed" && session.Find(happened.Actor) is { } person && session.Find(happened.Target) is null)
        {
            person.Name = happened.Target;
        }

        if (view?.Arrival is { } arrival)
        {
            arrival.Waiting.Add(happened);
            session.IsDead |= arrival.Waiting.Count > Arrival.MaxWaiting;
        }
        else if (view is { IsJoined: true })
        {
            Happened(view, happened);
        }
    }

    /// <summary>An event of a room that the client is in.</summary>
    public void Happened(ChatView view, RoomEvent happened)
    {
        foreach (var ready in view.Sequence.Take(happened))
        {
            Deliver(view, ready);
            var isMe = ready.Type == "kicked" ? session.Nicks.IsMe(ready.Target) : ready.Gone.Length > 0 && ready.IsOwn;
            if (isMe)
            {
                (view.IsJoined, view.IsLeft) = (false, true);
                session.Lines.SendAll();
            }
        }
    }

    /// <summary>Shows an event. One that is an own line of unsure fate acknowledges it.</summary>
    /// <param name="view">The room.</param>
    /// <param name="happened">The event.</param>
    /// <param name="isRead">Whether it happened before the client was ever in the room, so that it is no news.</param>
    public void Deliver(ChatView view, RoomEvent happened, bool isRead = false)
    {
        var isMatched = view.Own.Match(happened);
        var isOwn = isMatched || happened.IsOwn || (happened.IsSaid && session.Nicks.IsMe(happened.Actor));
        session.Lines.Matched(isMatched);
        if (!isRead)
        {
            session.Nicks.NoticeQuit(happened);
        }

        view.Apply(happened);
        var line = ChatLine.Of(happened, isOwn, !isOwn && happened.IsSaid && Names.Mentions(happened.Text, session.Nick));
        session.Show(view, line, isRead);
    }
}
