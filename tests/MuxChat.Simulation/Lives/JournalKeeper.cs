using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Disk;
using MuxChat.Simulation.Files;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;
using MuxChat.Storage;
using MuxChat.Storage.Recovery;

namespace MuxChat.Simulation.Lives;

/// <summary>
/// Opens and closes the journal of each life, checks what comes back, and lets its writer work: at times that the
/// seed says, as its thread would.
/// </summary>
internal sealed class JournalKeeper(SimWorld world, SimDisk disk) : IJournalObserver
{
    private const long HousekeepingUs = 3_601_000_000;
    private const int MaxTidyingSteps = 10_000;

    private LifeEndKind _end = LifeEndKind.Stop;
    private bool _mustBeClean = true;
    private bool _mayBeClean = true;
    private int _lastLife = -1;
    private int _uncleanLife = -1;
    private bool _isStepPlanned;
    private bool _isBetween;
    private int _failedStarts;
    private bool _isTidy;

    /// <summary>How rooms stood, through all lives.</summary>
    public StandingBook Standings { get; } = new(world.Chronicle);

    /// <summary>The files of the run; null for none.</summary>
    public FileKeeper? Files { get; } = world.Plan.Files is null ? null : new FileKeeper(world, world.Plan.Files);

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
        var isTrouble = life.Number > 0 && !world.IsCalm && _failedStarts < world.Past.MaxFailedStarts;
        disk.Faults = isTrouble ? world.Past.Start : DiskFaultPlan.None;
        var past = new RestoredPast(world.Chronicle, life.Hub);
        var session = OpenAndCheck(options, past);
        past.Standings.ForEach(life.Memories.Expect);
        foreach (var one in past.Events)
        {
            life.Memories.Restore(one);
            life.NoteRestored(one);
            world.Machine.Milestones.Note(Milestone.EventsRestored);
        }

        foreach (var standing in past.Standings)
        {
            var memory = life.Memories.Restore(standing);
            life.Book?.Restore(standing, memory);
        }

        _uncleanLife = session.WasClean ? _uncleanLife : life.Number;
        life.Memories.FinishRestoring(_uncleanLife);
        _isBetween = false;
        _lastLife = life.Number;
        (_end, _mustBeClean, _mayBeClean) = (LifeEndKind.Stop, false, false);
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
        life.CheckStopped(world.Machine.Milestones);
        Files?.Ended(LifeEndKind.Stop);
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
        Files?.Ended(kind);
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

    /// <summary>The loop has ended and the disk works: an hour goes by, in which the writer does whatever it has put off.</summary>
    public void TidyUp(ServerLife life)
    {
        if (!world.IsCalm || life.Session is not { } session || life.Journal!.HasFailed)
        {
            return;
        }

        world.Machine.Clock.Advance(HousekeepingUs);
        for (var rounds = 0; rounds == 0 || life.Journal.HasWaiting; rounds++)
        {
            Check.Fail(rounds > MaxTidyingSteps, CheckNames.Housekeeping, $"{rounds} times the writer is given what waits, and more waits");
            life.Journal.Submit();
            DoAll(session.Writer);
            while (life.Journal.TryTakeOutcome(out _))
            {
                // What is stored is checked as it is taken.
            }
        }

        if (!life.Journal.HasFailed)
        {
            _isTidy = !disk.HasFailed && !disk.HasFailedAside;
            DirectoryCheck.Tidy(disk, world.Past.Journal!, areIndexesWhole: _isTidy);
            world.Machine.Milestones.Note(Milestone.DirectoryTidied);
        }
    }

    /// <summary>
    /// The last life is over: one more start, to see that all is there that was promised, and that the journal can be repaired.
    /// </summary>
    /// <returns>What the start gave back.</returns>
    public IReadOnlyList<LoggedEvent> CheckLast()
    {
        var past = new RestoredPast(world.Chronicle, null);
        if (world.Past.Journal is { } options)
        {
            _isBetween = true;
            disk.Faults = DiskFaultPlan.None;
            var session = OpenAndCheck(options, past);
            DirectoryCheck.Started(disk);
            RepairPlay.PlayAll(world, options, session, disk);
        }

        return past.Events;
    }

    void IJournalObserver.TailCut(string path, long offset, long bytes, string reason) =>
        world.Machine.Note(TraceKind.Disk, -1, offset, bytes, "the tail is cut at {0}, {1} bytes");

    void IJournalObserver.IndexRebuilt(string path, string reason) =>
        Check.Fail(_isTidy, CheckNames.Housekeeping, $"{path} is made again: {reason}, and everything was in order at the end");

    void IJournalObserver.Failed(string path, string message) =>
        Check.Fail(!disk.HasFailed, CheckNames.Durability, $"the journal gives up, and the disk did not fail: {message}");

    void IJournalObserver.Full(string path, string message) =>
        Check.Fail(!disk.HasFailed, CheckNames.Durability, $"the journal says that the disk is full, and it is not: {message}");

    void IJournalObserver.Resumed(string path) => world.Machine.Milestones.Note(Milestone.DiskResumed);

    void IJournalObserver.SegmentDeleted(string path, long bytes)
    {
        world.Machine.Milestones.Note(Milestone.SegmentsDeleted);
        DirectoryCheck.Deleted(disk, world.Past.Journal!, path, bytes);
    }

    void IJournalObserver.HousekeepingFailed(string path, string message) =>
        Check.Fail(!disk.HasFailed && !disk.HasFailedAside, CheckNames.Housekeeping,
        $"{path} could not be kept in order, and the disk did not fail: {message}");

    void IJournalObserver.FellBehind(long waitingBytes)
    {
    }

    void IJournalObserver.BacklogFull(long waitingBytes) => world.Machine.Milestones.Note(Milestone.BacklogFull);

    void IJournalObserver.CaughtUp()
    {
    }

    private static void DoAll(JournalWriter writer)
    {
        for (var steps = 0; writer.Step(); steps++)
        {
            Check.Fail(steps > MaxTidyingSteps, CheckNames.Housekeeping,
                $"after {steps} steps the writer finds no end of what there is to do");
        }
    }

    private JournalSession OpenAndCheck(JournalOptions options, RestoredPast past)
    {
        world.Machine.Milestones.Note(Milestone.JournalsOpened);
        (disk.HasFailed, disk.HasFailedAside) = (false, false);
        var opening = JournalOpener.Open(disk, options, past, this, world.Machine.Clock);
        if (opening.Status == JournalOpeningStatus.DiskFailed && (disk.HasFailed || disk.HasFailedAside))
        {
            // The server says so and ends. It is started again.
            _failedStarts++;
            world.Machine.Milestones.Note(Milestone.StartFailed);
            throw new ServerDiedException(LifeEndKind.Kill);
        }

        Check.Fail(opening.Session is null, CheckNames.Restart, $"after {_end} the journal does not open: {opening.Message}");
        past.Finish(one => IsPromised(one, opening.Session!.WasClean), options.HistoryEvents, options.RetainBytes > 0);
        var isClean = opening.Session!.WasClean;
        Standings.CheckRestored(past.Standings, one => IsPromised(one, isClean));
        Check.Fail(isClean && !_mayBeClean, CheckNames.Epochs,
            $"after {_end} the journal says that the last life stored everything, and it did not");
        Check.Fail(!isClean && _mustBeClean, CheckNames.Epochs,
            $"after {_end} the journal says that the last life did not end well, and it did");
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
