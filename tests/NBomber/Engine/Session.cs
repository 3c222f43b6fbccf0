using Microsoft.Extensions.Configuration;
using NBomber.Contracts;
using NBomber.Contracts.Metrics;
using NBomber.Contracts.Stats;

namespace NBomber.Engine;

/// <summary>
/// A whole run, in the order of the package's published sources: arguments, checks, plugins and scenarios begin, warm-up, bombing, plugins
/// end, clean, statistics, thresholds, the plugins' data, reports. What is wrong is a plain Exception, as there.
/// </summary>
internal sealed class Session : IBaseContext, IScenarioInitContext, IDisposable
{
    private static readonly TimeSpan MinDuration = TimeSpan.FromSeconds(1);

    private readonly NBomberContext _context;
    private readonly SessionArguments _arguments;
    private readonly List<Counter> _counters = [];
    private readonly CancellationTokenSource _stop = new();

    public Session(NBomberContext context, string[] args)
    {
        _arguments = SessionArguments.Parse(args);
        _context = context with
        {
            TestSuite = _arguments.TestSuite ?? context.TestSuite,
            TestName = _arguments.TestName ?? context.TestName,
            License = _arguments.License ?? context.License,
            Scenarios = [.. context.Scenarios.Where(one => _arguments.Target?.Contains(one.ScenarioName) != false)],
        };
        if (_arguments.Target?.FirstOrDefault(name => context.Scenarios.All(one => one.ScenarioName != name)) is { } unknown)
        {
            throw new InvalidOperationException($"Target scenarios: '{unknown}' is not found.\nAvailable scenarios are others.");
        }

        foreach (var scenario in _context.Scenarios)
        {
            Validate(scenario);
        }
    }

    public ScenarioInfo ScenarioInfo { get; } = new() { ScenarioName = "", ScenarioOperation = ScenarioOperation.Init };

    public void RegisterMetric(ICounter counter) => _counters.Add((Counter)counter);

    public void StopCurrentTest(string reason) => _stop.Cancel();

    public async Task<NodeStats> Run()
    {
        var infra = new ConfigurationBuilder().Build();
        await Task.WhenAll(_context.Plugins.Select(plugin => plugin.Init(this, infra)));
        foreach (var scenario in _context.Scenarios)
        {
            await Begin(scenario);
        }

        await Task.WhenAll(_context.Scenarios.Where(static one => one.WarmUpDuration is not null).Select(scenario =>
            new SimulationRun(scenario, ScenarioOperation.WarmUp, null, _stop).Run(scenario.WarmUpDuration!.Value)));
        var start = new SessionStartInfo([.. _context.Scenarios.Select(static (one, i) => new ScenarioStartInfo(one.ScenarioName, i))]);
        await Task.WhenAll(_context.Plugins.Select(plugin => plugin.Start(start)));
        var measured = _context.Scenarios.Select(static scenario => (Scenario: scenario, Measurements: new Measurements())).ToList();
        await Task.WhenAll(measured.Select(one =>
            new SimulationRun(one.Scenario, ScenarioOperation.Bombing, one.Measurements, _stop).Run(DurationOf(one.Scenario))));
        await Task.WhenAll(_context.Plugins.Select(static plugin => plugin.Stop()));
        foreach (var scenario in _context.Scenarios)
        {
            await (scenario.Clean?.Invoke(this) ?? Task.CompletedTask);
        }

        var stats = new NodeStats
        {
            ScenarioStats = [.. measured.Select(one => one.Measurements.Read(one.Scenario.ScenarioName, DurationOf(one.Scenario)))],
            Metrics = new MetricStats([.. _counters.Select(static counter => counter.Read())]),
        };
        stats = stats with { Thresholds = [.. _context.Scenarios.SelectMany(scenario => Check(scenario, stats))] };
        stats = stats with { PluginsData = await Task.WhenAll(_context.Plugins.Select(plugin => plugin.GetData(stats))) };
        SessionReport.Write(_context, _arguments.SessionId, stats);
        return stats;
    }

    public void Dispose() => _stop.Dispose();

    private static TimeSpan DurationOf(ScenarioProps scenario) =>
        scenario.LoadSimulations.Aggregate(TimeSpan.Zero, static (sum, one) => sum + one.During);

    private static void Validate(ScenarioProps scenario)
    {
        if (scenario.LoadSimulations.FirstOrDefault(static one => one.During < MinDuration) is { } shortest)
        {
            throw new InvalidOperationException(
                $"Scenario '{scenario.ScenarioName}': the duration of {shortest} is less than {MinDuration}");
        }

        if (scenario.WarmUpDuration > DurationOf(scenario))
        {
            throw new InvalidOperationException($"Scenario '{scenario.ScenarioName}': the warm-up is longer than its duration");
        }
    }

    private async Task Begin(ScenarioProps scenario)
    {
        try
        {
            await (scenario.Init?.Invoke(this) ?? Task.CompletedTask);
        }
        catch (Exception error)
        {
            // The package puts the whole stack trace into the message of its own.
            throw new InvalidOperationException($"Init scenario error: '{error}'", error);
        }
    }

    private static IEnumerable<ThresholdResult> Check(ScenarioProps scenario, NodeStats stats)
    {
        var own = stats.ScenarioStats.Single(one => one.ScenarioName == scenario.ScenarioName);
        foreach (var threshold in scenario.Thresholds)
        {
            var holds = threshold switch
            {
                { CheckStep: { } check } => own.StepStats.Where(step => step.StepName == threshold.StepName).All(check.Compile()),
                { CheckScenario: { } check } => check.Compile()(own),
                _ => threshold.CheckMetric!.Compile()(stats.Metrics),
            };
            var expression = $"{threshold.CheckStep?.Body}{threshold.CheckScenario?.Body}{threshold.CheckMetric?.Body}";
            yield return new ThresholdResult(scenario.ScenarioName, threshold.StepName, expression, !holds);
        }
    }
}
