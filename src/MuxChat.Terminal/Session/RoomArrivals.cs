using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>Enters rooms: for the first time with some of their past, after a break with all that was missed.</summary>
internal sealed class RoomArrivals(ChatSession session, int recent)
{
    /// <summary>
    /// Events that a return looks back when the server does not have the last one that the client knows: 1,000. A crash can take events
    /// that were heard and not stored.
    /// </summary>
    public const int LookBack = 1000;

    private const string Missing = "the server no longer has what happened here: events are missing";

    private const string Forgotten = "the server no longer has all that happened in the room, so it may have been said";

    /// <summary>How many rooms the server did not let the client enter.</summary>
    public int WereRefused { get; private set; }

    /// <summary>The connection broke: all rooms are entered again.</summary>
    public static void Broke(ChatView view)
    {
        view.IsJoined = false;
        view.Arrival = null;
    }

    /// <summary>Expects the events by which the server itself makes the client enter a room.</summary>
    public static void Expect(ChatView view) => view.Arrival ??= new Arrival(isReturn: view.Sequence.Epoch != 0);

    /// <summary>Asks to enter a room.</summary>
    public void Enter(ChatView view, string? key)
    {
        Expect(view);
        var arrival = view.Arrival!;
        view.IsLeft = false;
        key ??= view.Key;
        var request = arrival.IsReturn
            ? new Request("resume", ("room", view.Name), ("epoch", view.Sequence.Epoch), ("after", view.Sequence.Last), ("key", key))
            : new Request("join", ("room", view.Name), ("key", key));
        session.Requests.Ask(request, answer =>
        {
            if (answer.Text("type") == "error")
            {
                view.Arrival = null;
                Refused(view, session.Answers.Explain(answer));
                return;
            }

            view.Key = key;
            if (arrival.IsReturn && view.Arrival == arrival)
            {
                Continue(view, arrival);
            }
        });
    }

    /// <summary>The server says what the room is: of a room that is new to the client, its recent events are asked for.</summary>
    public void Described(ChatView view, Arrival arrival, JsonElement frame)
    {
        arrival.Epoch = frame.Number("epoch");
        if (arrival.IsReturn || arrival.EnteredSeq == 0)
        {
            return;
        }

        var after = Math.Max(0, arrival.EnteredSeq - 1 - recent);
        if (after >= arrival.EnteredSeq - 1)
        {
            Finish(view, arrival);
        }
        else
        {
            AskPast(view, after, () => Continue(view, arrival));
        }
    }

    private void Continue(ChatView view, Arrival arrival)
    {
        var last = arrival.Past.Count > 0 ? arrival.Past[^1].Seq : 0;
        if (arrival is { HasGap: true, HasLookedBack: false, Past.Count: 0, HasMore: false } && arrival.EnteredSeq > 1)
        {
            arrival.HasLookedBack = true;
            AskPast(view, Math.Max(0, Math.Min(view.Sequence.Last, arrival.EnteredSeq - 1) - LookBack), () => Continue(view, arrival));
        }
        else if (arrival.HasMore && last < arrival.EnteredSeq - 1)
        {
            AskPast(view, last, () => Continue(view, arrival));
        }
        else
        {
            Finish(view, arrival);
        }
    }

    private void AskPast(ChatView view, long after, Action then)
    {
        var arrival = view.Arrival;
        session.Requests.Ask(new Request("history", ("room", view.Name), ("after", after)), answer =>
        {
            // Without an answer the room is entered as it is, and the mark of a gap says so.
            arrival!.HasMore &= answer.Text("type") != "error";
            arrival.HasGap |= arrival.IsReturn && answer.Text("type") == "error";
            if (view.Arrival == arrival)
            {
                then();
            }
        });
    }

    private void Finish(ChatView view, Arrival arrival)
    {
        var sequence = view.Sequence;
        var isOtherSeries = arrival.IsReturn && sequence.Epoch != arrival.Epoch;
        var entered = arrival.EnteredSeq;
        List<RoomEvent> past = [.. arrival.Past.Where(past => past.Seq < entered)];

        // The last of them that the client knows, or that happened before it entered for the first time.
        var known = past.FindLastIndex(one => sequence.Knows(one)
            || (arrival.IsReturn && one.Epoch == sequence.First.Epoch && one.Seq < sequence.First.Seq));
        var isIncomplete = arrival.HasGap && known < 0;
        if (isIncomplete)
        {
            session.Show(view, new ChatLine(LineKind.Gap, session.Now, "", Missing));
        }

        foreach (var missed in past.Skip(known + 1).Where(sequence.TakePast))
        {
            session.Events.Deliver(view, missed, isRead: !arrival.IsReturn);
        }

        // All of a new room's past is known if it is there from its first event on.
        if (isIncomplete && entered > 1 && past is not [{ Seq: 1 }, ..])
        {
            session.Lines.Fail(view, view.Own.GiveUp(), Forgotten);
        }

        view.Arrival = null;
        view.IsJoined = true;
        sequence.Begin(arrival.Epoch, Math.Max(0, entered - 1));
        foreach (var waited in arrival.Waiting)
        {
            session.Events.Happened(view, waited with { Epoch = arrival.Epoch });
        }

        session.Answers.AskMembers(view);
        if (isOtherSeries || session.Nicks.IsOldGone)
        {
            view.Own.Settle();
        }

        session.Lines.SendAll();
        session.Transfers.Entered(view);
    }

    private void Refused(ChatView view, string message)
    {
        var isNew = view.Sequence.Epoch == 0;
        WereRefused++;
        view.IsLeft = true;
        session.Lines.Fail(view, view.Own.TakeUnsent(), message);
        if (isNew)
        {
            session.Remove(view);
        }

        session.Show(isNew ? session.Current : view, new ChatLine(LineKind.Error, session.Now, "", $"not in {view.Name}: {message}"));
    }
}
