using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Disk;
using MuxChat.Simulation.Running;
using MuxChat.Storage;
using MuxChat.Storage.Opening;

namespace MuxChat.Simulation.Lives;

/// <summary>
/// Opens and closes the journal of each life, checks what comes back, and lets its writer work: at times that the seed says, as its thread would.
/// </summary>
internal sealed class JournalKeeper(SimWorld world, SimDisk disk) : IJournalObserver
{
    private LifeEndKind _end = LifeEndKind.Stop;
    private bool _mustBeClean = true;
    private bool _mayBeClean = true;
    private int _lastLife = -1;
    private int _uncleanLife = -1;
    private bool _isStepPlanned;
    private bool _isBetween;

    /// <summary>The disk.</summary>
    public SimDisk Disk => disk;

    /// <summary>Opens the journal and gives its past to a new life; null without a journal.</summary>
    public JournalSession? Open(ServerLife life)
    {
        if (world.Past.Journal is not { } options)
        {
            return null;
        }

        _isBetween = true;
        disk.Faults = DiskFaultPlan.None;
        var past = new RestoredPast(world.Chronicle, life.Hub);
        var session = OpenAndCheck(options, past);
        foreach (var one in past.Events)
        {
            life.Memories.Restore(one);
            world.Machine.Milestones.Note(Milestone.EventsRestored);
        }

        _uncleanLife = session.WasClean ? _uncleanLife : life.Number;
        life.Memories.FinishRestoring(_uncleanLife);
        _isBetween = false;
        _lastLife = life.Number;
        (_end, _mustBeClean, _mayBeClean) = (LifeEndKind.Stop, false, false);
        disk.HasFailed = false;
        disk.Faults = world.IsCalm ? DiskFaultPlan.None : world.Past.Disk;
        session.Journal.Submitted = () => PlanStep(session);
        session.Writer.OutcomeReady = world.Network.Wake;
        _isStepPlanned = false;
        PlanStep(session);
        return session;
    }

    /// <summary>The server has stopped: the journal is ended as production does it.</summary>
    public void Close(ServerLife life)
    {
        if (life.Session is not { } session)
        {
            return;
        }

        session.Journal.Submitted = null;
        session.Writer.OutcomeReady = null;
        _isBetween = true;
        _mayBeClean = true;
        session.Close();
        while (life.Journal!.TryTakeOutcome(out _))
        {
            // What is stored is checked as it is taken.
        }

        _end = LifeEndKind.Stop;
        _mayBeClean = life.Journal.IsWhole;
        _mustBeClean = life.Journal.IsWhole && !disk.HasFailed;
    }

    /// <summary>The process died.</summary>
    public void Died(LifeEndKind kind)
    {
        _end = _end == LifeEndKind.PowerCut ? _end : kind;
        _mustBeClean = false;
        _mayBeClean &= _isBetween;
        if (kind == LifeEndKind.PowerCut)
        {
            disk.CutPower();
        }
        else
        {
            disk.LetGo();
        }
    }

    /// <summary>The last life is over: one more start, to see that all is there that was promised.</summary>
    public void CheckLast()
    {
        if (world.Past.Journal is { } options)
        {
            _isBetween = true;
            disk.Faults = DiskFaultPlan.None;
            OpenAndCheck(options, new RestoredPast(world.Chronicle, null));
        }
    }

    void IJournalObserver.TailCut(string path, long offset, long bytes, string reason) => world.Machine.Note(TraceKind.Disk, -1, offset, bytes, "the tail is cut at {0}, {1} bytes");

    void IJournalObserver.IndexRebuilt(string path, string reason)
    {
    }

    void IJournalObserver.Failed(string path, string message) =>
        Check.Fail(!disk.HasFailed, CheckNames.Durability, $"the journal gives up, and the disk did not fail: {message}");

    void IJournalObserver.Full(string path, string message) =>
        Check.Fail(!disk.HasFailed, CheckNames.Durability, $"the journal says that the disk is full, and it is not: {message}");

    void IJournalObserver.Resumed(string path) => world.Machine.Milestones.Note(Milestone.DiskResumed);

    void IJournalObserver.SegmentDeleted(string path, long bytes) => world.Machine.Milestones.Note(Milestone.SegmentsDeleted);

    void IJournalObserver.HousekeepingFailed(string path, string message)
    {
    }

    void IJournalObserver.FellBehind(long waitingBytes)
    {
    }

    void IJournalObserver.BacklogFull(long waitingBytes) => world.Machine.Milestones.Note(Milestone.BacklogFull);

    void IJournalObserver.CaughtUp()
    {
    }

    private JournalSession OpenAndCheck(JournalOptions options, RestoredPast past)
    {
        world.Machine.Milestones.Note(Milestone.JournalsOpened);
        var opening = JournalOpener.Open(disk, options, past, this, world.Machine.Clock);
        Check.Fail(opening.Session is null, CheckNames.Restart, $"after {_end} the journal does not open: {opening.Message}");
        past.Finish(one => IsPromised(one, opening.Session!.WasClean), options.HistoryEvents, options.RetainBytes > 0);
        var isClean = opening.Session!.WasClean;
        Check.Fail(isClean && !_mayBeClean, CheckNames.Epochs, $"after {_end} the journal says that the last life stored everything, and it did not");
        Check.Fail(!isClean && _mustBeClean, CheckNames.Epochs, $"after {_end} the journal says that the last life did not end well, and it did");
        return opening.Session;
    }

    private bool IsPromised(LoggedEvent one, bool isClean)
    {
        var isKept = world.Past.Journal!.Durability switch
        {
            Durability.Fsync => true,
            Durability.Os => _end != LifeEndKind.PowerCut,
            _ => _end == LifeEndKind.Stop,
        };
        return one.IsSettled || (one.Life == _lastLife && (isClean || (isKept && one.Outcome == Core.Chat.History.JournalStatus.Stored)));
    }

    // One step at a time, and none for a life that is over.
    private void PlanStep(JournalSession session)
    {
        if (_isStepPlanned)
        {
            return;
        }

        _isStepPlanned = true;
        world.Machine.Agenda.Add(world.Machine.Clock.NowUs + disk.DrawStepUs(), () =>
        {
            if (ReferenceEquals(world.Life.Session, session) && session.Journal.Submitted is not null)
            {
                _isStepPlanned = false;
                if (session.Writer.Step())
                {
                    PlanStep(session);
                }
            }
        });
    }
}
