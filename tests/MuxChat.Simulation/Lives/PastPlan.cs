using MuxChat.Core.Chat;
using MuxChat.Simulation.Disk;
using MuxChat.Storage;

namespace MuxChat.Simulation.Lives;

/// <summary>
/// What a run is like as far as the past and the disk go: whether there is a journal, what it promises, and when
/// the server ends and comes back.
/// </summary>
internal sealed record PastPlan
{
    /// <summary>How the journal is kept; null for none.</summary>
    public JournalOptions? Journal { get; init; }

    public required DiskFaultPlan Disk { get; init; }

    /// <summary>What goes wrong with the disk while the server starts again.</summary>
    public DiskFaultPlan Start { get; init; } = DiskFaultPlan.None;

    /// <summary>How many starts may fail: after that the disk works at every start.</summary>
    public int MaxFailedStarts { get; init; }

    /// <summary>The ends that come before the last one, in order.</summary>
    public required IReadOnlyList<LifeEnd> Ends { get; init; }

    public static PastPlan Draw(SeededRandom random, SimPlan plan)
    {
        var hasJournal = random.Chance(0.5);
        return new PastPlan
        {
            Journal = hasJournal ? DrawJournal(random, plan.Chat) : null,
            Disk = hasJournal ? DiskFaultPlan.Draw(random) : DiskFaultPlan.None,
            Ends = DrawEnds(random, plan, hasJournal),
        };
    }

    /// <summary>Adds faults of the disk. From another generator, so that everything else is as it was.</summary>
    public PastPlan WithTrouble(SeededRandom random) => Journal is null ? this : this with
    {
        Disk = Disk.WithTrouble(random),
        Start = random.Chance(0.3) ? DiskFaultPlan.DrawStart(random) : DiskFaultPlan.None,
        MaxFailedStarts = random.Between(1, 3),
    };

    /// <summary>Adds files that cannot be made. From another generator, so that everything else is as it was.</summary>
    public PastPlan WithFailedOpens(SeededRandom random) => Journal is null ? this
        : this with { Disk = Disk with { FailedOpen = random.Pick(0, 0, 0.1, 0.6) } };

    private static JournalOptions DrawJournal(SeededRandom random, ChatLimits chat) => new()
    {
        Durability = random.Pick(Durability.Fsync, Durability.Fsync, Durability.Fsync, Durability.Os, Durability.None),
        HistoryEvents = chat.History,
        RetainBytes = random.Pick(0, 0, 0, 4_000),
        SegmentBytes = random.Pick(500, 2_000, 20_000, 1_000_000),
        BehindBytes = random.Pick(200, 2_000, 8_000_000),
        BacklogBytes = random.Pick(1_000, 5_000, 32_000_000),
        BatchBytes = random.Pick(1, 1_000, 1_000_000),
        FullRetry = TimeSpan.FromMilliseconds(random.Pick(0, 10, 1_000)),
    };

    private static LifeEnd[] DrawEnds(SeededRandom random, SimPlan plan, bool hasJournal)
    {
        var count = random.Chance(hasJournal ? 0.7 : 0.15) ? random.Pick(1, 1, 2, 3) : 0;
        var lastUs = 1 + (int)Math.Min(int.MaxValue - 1, (long)plan.Actions * plan.MaxPauseUs / 2);
        LifeEnd[] ends =
        [
            .. Enumerable.Range(0, count)
                .Select(_ => new LifeEnd(random.Below(lastUs),
                random.Pick(LifeEndKind.Stop, LifeEndKind.Kill, LifeEndKind.PowerCut, LifeEndKind.PowerCut),
                random.Pick(0, 30, 500, 3_000)))
                .Select(end => new LifeEnd(end.AtUs, end.Kind, random.Below(end.Calls + 1)))
                .OrderBy(static end => end.AtUs),
        ];

        // A machine that lost its power may lose it again while the server starts, and that is when little is durable.
        foreach (var end in ends.Where(end => end.Kind != LifeEndKind.Stop && random.Chance(0.4)))
        {
            end.Next = new LifeEnd(end.AtUs, random.Pick(LifeEndKind.Kill, LifeEndKind.PowerCut), random.Below(8));
        }

        return ends;
    }
}
