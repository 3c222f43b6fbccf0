namespace MuxChat.LoadTests.Measures;

/// <summary>What the load generator itself did while it measured: whether it was the limit, instead of the server.</summary>
internal sealed record LoadFigures
{
    /// <summary>A generator that worked for more than this share of the time had no time left.</summary>
    public const double BusyLimit = 0.95;

    /// <summary>A server that used less than this share of its processors waited for something.</summary>
    public const double ServerBusy = 0.9;

    /// <summary>The longest p99 of the lag that harms no figure, in microseconds.</summary>
    public const long LagLimitUs = 1000;

    /// <summary>A standstill of this share of the measured time harms the figures.</summary>
    public const double PauseLimit = 0.05;

    /// <summary>The longest standstill that harms no figure, in microseconds.</summary>
    public const long PauseLimitUs = 100_000;

    /// <summary>The share of the time in which it worked instead of waiting for the server.</summary>
    public double BusyShare { get; init; }

    /// <summary>Processor time of the generator's process per second; more than 1 with several threads.</summary>
    public double CpuShare { get; init; }

    /// <summary>How late lines were said at a rate, in microseconds: half of them were not later. 0 without a rate.</summary>
    public long LagP50Us { get; init; }

    public long LagP99Us { get; init; }

    public long LagMaxUs { get; init; }

    /// <summary>The longest time in which it stood still: stopped, or without a processor.</summary>
    public long PauseUs { get; init; }

    /// <summary>Why the load generator, and not the server, set the figures; empty when it did not.</summary>
    public string Limit { get; init; } = "";

    /// <summary>Decides whether the generator was the limit.</summary>
    /// <param name="serverShare">Share of its processors that the server used; null when that is not known.</param>
    /// <param name="latencyP99Us">The p99 that was measured, in microseconds.</param>
    /// <param name="seconds">How long it was measured.</param>
    public LoadFigures Judge(double? serverShare, long latencyP99Us, double seconds)
    {
        const double MicrosecondsPerSecond = 1e6;
        var isStopped = PauseUs > Math.Max(PauseLimitUs, PauseLimit * seconds * MicrosecondsPerSecond);
        var isBusy = BusyShare > BusyLimit && serverShare is null or < ServerBusy;
        var isLate = LagP99Us > LagLimitUs && LagP99Us > latencyP99Us / 2;
        return this with
        {
            Limit = (isBusy, isLate, isStopped) switch
            {
                (_, _, true) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"it stood still for {PauseUs / MicrosecondsPerSecond:0.00} s, stopped or without a processor"),
                (true, _, _) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"it worked {BusyShare:0%} of the time, and the server {Shown(serverShare)}"),
                (false, true, _) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"1% of the lines were said more than {LagP99Us / 1000.0:0.0} ms late, and the p99 is {latencyP99Us / 1000.0:0.0} ms"),
                _ => "",
            },
        };
    }

    private static string Shown(double? share) =>
        share?.ToString("0%", System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown share";
}
