namespace MuxChat.Simulation.Wire;

/// <summary>What goes wrong, and how often: shares of all calls, drawn for each seed. In the end all faults stop.</summary>
internal sealed record Faults
{
    /// <summary>Nothing goes wrong, and nothing takes time.</summary>
    public static readonly Faults None = new();

    /// <summary>A read gives less than is there, down to a byte.</summary>
    public double ShortRead { get; init; }

    /// <summary>A write takes less than would fit, down to a byte.</summary>
    public double ShortWrite { get; init; }

    /// <summary>A read or write would block though it was reported ready.</summary>
    public double WouldBlock { get; init; }

    /// <summary>A wait comes back early with nothing.</summary>
    public double InterruptedWait { get; init; }

    /// <summary>A wait lasts longer than it was asked to.</summary>
    public double Oversleep { get; init; }

    /// <summary>What is ready is not reported by this wait, but by a later one.</summary>
    public double LateReport { get; init; }

    /// <summary>Something is reported readable where there is nothing to read.</summary>
    public double FalseReport { get; init; }

    /// <summary>Readiness is reported for a token whose connection was closed in the tick before.</summary>
    public double StaleReport { get; init; }

    /// <summary>The connection breaks just as it is read from or written to.</summary>
    public double ResetInCall { get; init; }

    /// <summary>Another connection breaks while this one is written to.</summary>
    public double ResetOther { get; init; }

    /// <summary>The wall clock is set, before a wait.</summary>
    public double WallJump { get; init; }

    /// <summary>The machine slept: all timers that were due meanwhile come at once.</summary>
    public double TimerStorm { get; init; }

    /// <summary>The descriptors run out, for the next few accepts.</summary>
    public double OutOfDescriptors { get; init; }

    /// <summary>The one who waited to be accepted is gone.</summary>
    public double FailedAccept { get; init; }

    /// <summary>Longest way of bytes from a client to the server, in microseconds.</summary>
    public int MaxDelayUs { get; init; }

    /// <summary>Bytes that the kernel takes for a client that does not read.</summary>
    public int WindowBytes { get; init; } = 1 << 20;

    /// <summary>What a call to the kernel takes at the most, in microseconds.</summary>
    public int MaxCallUs { get; init; }

    /// <summary>Draws the faults of one run. Each is off in about half of all runs, so that each is also seen alone.</summary>
    public static Faults Draw(SeededRandom random) => new()
    {
        ShortRead = Draw(random, 0.9),
        ShortWrite = Draw(random, 0.9),
        WouldBlock = Draw(random, 0.3),
        InterruptedWait = Draw(random, 0.3),
        Oversleep = Draw(random, 0.6),
        LateReport = Draw(random, 0.5),
        FalseReport = Draw(random, 0.1),
        StaleReport = Draw(random, 1),
        ResetInCall = Draw(random, 0.05),
        ResetOther = Draw(random, 0.01),
        WallJump = Draw(random, 0.05),
        TimerStorm = Draw(random, 0.05),
        OutOfDescriptors = Draw(random, 0.2),
        FailedAccept = Draw(random, 0.1),
        MaxDelayUs = random.Pick(0, 100, 5_000, 300_000),
        WindowBytes = random.Pick(1, 16, 100, 1_000, 20_000),
        MaxCallUs = random.Pick(0, 0, 10, 600),
    };

    // Small shares are as likely as large ones.
    private static double Draw(SeededRandom random, double max)
    {
        var share = random.Below(1000) / 999.0;
        return random.Chance(0.5) ? 0 : max * share * share;
    }
}
