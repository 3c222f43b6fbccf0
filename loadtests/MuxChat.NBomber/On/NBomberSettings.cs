using System.Globalization;
using System.Linq.Expressions;
using MuxChat.LoadTests;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace MuxChat.NBomber;

/// <summary>What is asked of a run under NBomber.</summary>
internal sealed record NBomberSettings
{
    /// <summary>The shortest simulation that NBomber takes.</summary>
    private const double MinSeconds = 1;

    public required LoadSettings Load { get; init; }

    /// <summary>How long the load rises before it is measured at its full height, in seconds; 0 for not at all.</summary>
    public double RampSeconds { get; init; }

    /// <summary>The highest p99 of the step <c>say</c> that passes, in milliseconds; null for any.</summary>
    public double? P99Ms { get; init; }

    public required string ReportFolder { get; init; }

    /// <summary>Which reports are written; none when it is empty.</summary>
    public IReadOnlyList<ReportFormat> ReportFormats { get; init; } = [];

    /// <summary>Finds what NBomber would refuse, or round, with a stack trace or without a word.</summary>
    /// <exception cref="LoadException">There is something.</exception>
    public void Check()
    {
        var longest = RampSeconds + Load.Seconds;
        Require(Load.Seconds >= MinSeconds, $"--seconds {Show(Load.Seconds)}: NBomber takes 1 or more");
        Require(RampSeconds is 0 or >= MinSeconds, $"--ramp {Show(RampSeconds)}: NBomber takes 1 or more, or 0 for none");
        Require(Load.WarmSeconds <= longest,
            $"--warm {Show(Load.WarmSeconds)}: NBomber takes no more than --ramp and --seconds together, {Show(longest)}");
        RequireWhole("--rate", Load.Rate);
        RequireWhole("--logins", Load.LoginsPerSecond);
        Require(!File.Exists(ReportFolder), $"--report-folder {ReportFolder}: that is a file");
    }

    /// <summary>
    /// At a rate, so many iterations a second begin, whether or not the server keeps up. Without one, so many copies go on at once, each
    /// with its next iteration as soon as the last one has ended.
    /// </summary>
    public LoadSimulation[] Simulations(double rate, int copies)
    {
        var (second, ramp, during) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(RampSeconds), TimeSpan.FromSeconds(Load.Seconds));
        LoadSimulation[] rising = RampSeconds == 0 ? []
            : [rate > 0 ? Simulation.RampingInject((int)rate, second, ramp) : Simulation.RampingConstant(copies, ramp)];
        return [.. rising, rate > 0 ? Simulation.Inject((int)rate, second, during) : Simulation.KeepConstant(copies, during)];
    }

    /// <summary>What must hold in the end; NBomber looks at it again and again during the run, and shows it in its reports.</summary>
    public Threshold[] Thresholds()
    {
        var none = Threshold.Create(scenario => scenario.Fail.Request.Count == 0);
        return P99Ms is { } limitMs ? [none, Threshold.Create("say", P99IsAtMost(limitMs))] : [none];
    }

    // step => step.Ok.Latency.Percent99 <= limitMs, with the limit's value: NBomber's reports show the expression.
    private static Expression<Func<StepStats, bool>> P99IsAtMost(double limitMs)
    {
        var step = Expression.Parameter(typeof(StepStats), "step");
        var latency = Expression.Property(Expression.Property(step, nameof(StepStats.Ok)), nameof(MeasurementStats.Latency));
        var p99 = Expression.Property(latency, nameof(LatencyStats.Percent99));
        return Expression.Lambda<Func<StepStats, bool>>(Expression.LessThanOrEqual(p99, Expression.Constant(limitMs)), step);
    }

    private static void RequireWhole(string option, double perSecond) =>
        Require(perSecond == Math.Floor(perSecond), $"{option} {Show(perSecond)}: NBomber takes a whole number a second");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw LoadException.Usage(otherwise);
        }
    }

    private static string Show(double number) => number.ToString(CultureInfo.InvariantCulture);
}
