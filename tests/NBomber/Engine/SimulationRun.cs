using System.Diagnostics;
using NBomber.Contracts;

namespace NBomber.Engine;

/// <summary>
/// Runs a scenario's simulations one after the other, for a time. Copies of the closed ones repeat their iterations until there are too
/// many of them, and go on from one simulation to the next; those of the open ones run once. Ends when the last iteration has ended.
/// </summary>
internal sealed class SimulationRun(ScenarioProps scenario, ScenarioOperation operation, Measurements? measurements,
    CancellationTokenSource stop)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly Stack<CancellationTokenSource> _copies = new();
    private readonly List<Task> _running = [];
    private int _instances;

    public async Task Run(TimeSpan longest)
    {
        var (previousCopies, previousRate) = (0, 0);
        var left = longest;
        foreach (var simulation in scenario.LoadSimulations)
        {
            var during = simulation.During < left ? simulation.During : left;
            left -= during;
            switch (simulation)
            {
                case LoadSimulation.RampingConstant ramp:
                    await Keep(during, passed => Between(previousCopies, ramp.Copies, passed / ramp.During));
                    previousCopies = ramp.Copies;
                    break;
                case LoadSimulation.KeepConstant keep:
                    await Keep(during, _ => keep.Copies);
                    previousCopies = keep.Copies;
                    break;
                case LoadSimulation.RampingInject ramp:
                    await Inject(during, ramp.Interval, passed => Between(previousRate, ramp.Rate, (passed + ramp.Interval) / ramp.During));
                    previousRate = ramp.Rate;
                    break;
                case LoadSimulation.Inject inject:
                    await Inject(during, inject.Interval, _ => inject.Rate);
                    previousRate = inject.Rate;
                    break;
                default:
                    throw new NotSupportedException($"the stand-in does not know {simulation}");
            }
        }

        HaveCopies(0);
        await Task.WhenAll(_running);
    }

    private static int Between(int from, int to, double part) => (int)Math.Round(from + ((to - from) * Math.Min(1, part)));

    private async Task Keep(TimeSpan during, Func<TimeSpan, int> copies)
    {
        await Repeat(during, Tick, passed => HaveCopies(copies(passed)));
    }

    private async Task Inject(TimeSpan during, TimeSpan interval, Func<TimeSpan, int> rate)
    {
        HaveCopies(0);
        await Repeat(during, interval, passed =>
        {
            for (var i = rate(passed); i > 0; i--)
            {
                var copy = NewCopy();
                _running.Add(Task.Run(copy.Iterate));
            }
        });
    }

    private async Task Repeat(TimeSpan during, TimeSpan interval, Action<TimeSpan> act)
    {
        using var timer = new PeriodicTimer(interval);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < during && !stop.IsCancellationRequested;)
        {
            act(clock.Elapsed);
            await timer.WaitForNextTickAsync();
        }
    }

    private void HaveCopies(int count)
    {
        for (; _copies.Count > count; _copies.Pop().Cancel())
        {
        }

        while (_copies.Count < count)
        {
            var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            var copy = NewCopy();
            _copies.Push(end);
            _running.Add(Task.Run(async () =>
            {
                while (!end.IsCancellationRequested)
                {
                    await copy.Iterate();
                }
            }));
        }
    }

    private RunningContext NewCopy() => new(scenario,
        new ScenarioInfo { ScenarioName = scenario.ScenarioName, InstanceNumber = _instances++, ScenarioOperation = operation },
        measurements, stop);
}
