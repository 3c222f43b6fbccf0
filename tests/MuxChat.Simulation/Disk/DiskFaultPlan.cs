namespace MuxChat.Simulation.Disk;

/// <summary>What goes wrong with the disk, and how often: shares of all calls, drawn for each seed. In the end all faults stop.</summary>
internal sealed record DiskFaultPlan
{
    /// <summary>Nothing goes wrong, and the disk takes no time.</summary>
    public static readonly DiskFaultPlan None = new();

    /// <summary>A write takes less than it was given.</summary>
    public double ShortWrite { get; init; }

    /// <summary>The disk is full, for the next few writes.</summary>
    public double Full { get; init; }

    /// <summary>A sync fails.</summary>
    public double FailedSync { get; init; }

    /// <summary>A write fails, and some of it is written.</summary>
    public double FailedWrite { get; init; }

    /// <summary>A file cannot be removed.</summary>
    public double FailedDelete { get; init; }

    /// <summary>A file cannot be opened for reading, or not be read.</summary>
    public double FailedRead { get; init; }

    /// <summary>A new file cannot be opened.</summary>
    public double FailedOpen { get; init; }

    /// <summary>The directory cannot be listed.</summary>
    public double FailedList { get; init; }

    /// <summary>A sync of the directory fails.</summary>
    public double FailedDirectorySync { get; init; }

    /// <summary>A file cannot be cut.</summary>
    public double FailedCut { get; init; }

    /// <summary>What the writer takes for a step at the most, in microseconds.</summary>
    public int MaxStepUs { get; init; }

    /// <summary>A step takes very long.</summary>
    public double Hang { get; init; }

    /// <summary>Draws the faults of one run. Each is off in many runs, so that each is also seen alone.</summary>
    public static DiskFaultPlan Draw(SeededRandom random) => new()
    {
        ShortWrite = random.Pick(0, 0, 0.1, 0.9),
        Full = random.Pick(0, 0, 0, 0.02, 0.2),
        FailedSync = random.Pick(0, 0, 0, 0, 0.02),
        FailedWrite = random.Pick(0, 0, 0, 0, 0, 0.01),
        MaxStepUs = random.Pick(0, 100, 2_000, 50_000, 1_000_000),
        Hang = random.Pick(0, 0, 0.05, 0.3),
    };

    /// <summary>Adds faults of the files that a running server removes, reads and cuts.</summary>
    /// <param name="random">A generator of its own, so that everything else of the seed stays as it was.</param>
    public DiskFaultPlan WithTrouble(SeededRandom random) => this with
    {
        FailedDelete = random.Pick(0, 0, 0.3, 0.9),
        FailedRead = random.Pick(0, 0, 0, 0.2),
        FailedDirectorySync = random.Pick(0, 0, 0, 0.2),
        FailedCut = random.Pick(0, 0, 0, 0, 0.3),
    };

    /// <summary>Draws what goes wrong while a server starts. Each is off in most runs.</summary>
    public static DiskFaultPlan DrawStart(SeededRandom random) => new()
    {
        Full = random.Pick(0, 0, 0, 0.1),
        FailedSync = random.Pick(0, 0, 0, 0.1),
        FailedWrite = random.Pick(0, 0, 0, 0.1),
        FailedDelete = random.Pick(0, 0, 0.5),
        FailedRead = random.Pick(0, 0, 0, 0.05),
        FailedList = random.Pick(0, 0, 0, 0.3),
        FailedCut = random.Pick(0, 0, 0, 0.5),
    };
}
