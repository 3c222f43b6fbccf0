using System.Text;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Moderation;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;
using MuxChat.Storage;

namespace MuxChat.Simulation.Lives;

/// <summary>
/// Stands between the chat and the journal, hands everything on unchanged, and checks what the journal says: each event has one
/// outcome, in order, and it is true.
/// </summary>
internal sealed class SimJournal(IJournal inner, Durability durability, StandingBook standings, RoomMemories memories,
    Milestones milestones) : IJournal
{
    private readonly List<LoggedEvent> _published = [];
    private readonly Queue<(string Room, long Epoch, long Seq, RoomStanding? Standing)> _appended = new();
    private int _judged;

    public bool AcknowledgesLater => inner.AcknowledgesLater;

    public bool IsBehind
    {
        get
        {
            var isBehind = inner.IsBehind;
            if (isBehind)
            {
                milestones.Note(Milestone.JournalBehind);
            }

            return isBehind;
        }
    }

    /// <summary>The disk has failed, for the rest of this life.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether an event has no outcome yet.</summary>
    public bool HasWaiting => _judged < _published.Count;

    /// <summary>Whether every event is stored.</summary>
    public bool IsWhole => _judged == _published.Count && _published.TrueForAll(static one => one.Outcome == JournalStatus.Stored);

    public long Append(in StoredEvent past)
    {
        var position = inner.Append(past);
        _appended.Enqueue((Encoding.UTF8.GetString(past.Room), past.Epoch, past.Seq, past.Standing));
        return position;
    }

    public void Keep(RoomStanding standing)
    {
        inner.Keep(standing);
        standings.Hand(standing, with: null);
        if (standing.IsForgotten)
        {
            memories.NoteForgotten(Encoding.UTF8.GetString(standing.Room));
        }
    }

    /// <summary>An event is published: it was given to the journal just before, or with those before it.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="state">How its room stands then; null where nobody changes that.</param>
    public void Published(LoggedEvent happened, RoomState? state)
    {
        var isNext = _appended.TryDequeue(out var appended)
            && (appended.Room, appended.Epoch, appended.Seq) == (happened.Room, happened.Epoch, happened.Seq);
        Check.Fail(!isNext, CheckNames.Live, $"{happened} is published, and {appended} was given to the journal");
        _published.Add(happened);
        standings.Hand(happened, appended.Standing, state);
    }

    /// <summary>
    /// Behind a tick nothing is stored, or going to be, that was not delivered; and no outcome is known that was not taken: nothing would
    /// wake the loop for it.
    /// </summary>
    public void AfterTick()
    {
        Check.Fail(_appended.Count > 0, CheckNames.Live,
            $"{_appended.Count} events were given to the journal and not delivered in the same tick");
        Check.Fail(inner.TryTakeOutcome(out var left), CheckNames.Live,
            $"{left.Status} is known up to {left.UpTo}, but the tick ended before the waiting clients got it");
    }

    public void Submit() => inner.Submit();

    public bool TryTakeOutcome(out JournalOutcome outcome)
    {
        var isTaken = inner.TryTakeOutcome(out outcome);
        if (!isTaken)
        {
            return false;
        }

        Check.Fail(
            outcome.UpTo <= _judged || outcome.UpTo > _published.Count,
            CheckNames.Durability,
            $"an outcome up to {outcome.UpTo} comes after {_judged}, and {_published.Count} events there are");
        Check.Fail(HasFailed && outcome.Status != JournalStatus.Failed, CheckNames.Durability,
            $"the disk had failed, and an outcome is {outcome.Status}");
        HasFailed |= outcome.Status == JournalStatus.Failed;
        for (; _judged < outcome.UpTo; _judged++)
        {
            var judged = _published[_judged];
            judged.Outcome = outcome.Status;
            CheckDurable(judged, durability);
        }

        return true;
    }

    /// <summary>Whether what was promised of an event that is said to be stored holds at this moment.</summary>
    public static void CheckDurable(LoggedEvent happened, Durability promised)
    {
        if (happened.Outcome == JournalStatus.Stored)
        {
            Check.Fail(promised == Durability.Fsync && !happened.IsDurable, CheckNames.Durability,
                $"{happened} is said to be durable, and is not");
            Check.Fail(promised == Durability.Os && !happened.IsWritten, CheckNames.Durability,
                $"{happened} is said to be written, and is not");
        }
    }
}
