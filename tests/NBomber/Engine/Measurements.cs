using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.Engine;

/// <summary>
/// What became of a scenario's iterations and steps. Its own counts are those of the iterations, and its bytes those of its steps and its
/// own together: so did the package until 6.5. From 6.6 on the counts of the steps are added up instead.
/// </summary>
internal sealed class Measurements
{
    private readonly Lock _gate = new();
    private readonly List<string> _names = [""];
    private readonly List<(string Step, IResponse Response, double LatencyMs)> _all = [];

    public int FailedIterations { get; private set; }

    public void Add(string step, IResponse response, double latencyMs)
    {
        lock (_gate)
        {
            FailedIterations += step.Length == 0 && response.IsError ? 1 : 0;
            _all.Add((step, response, response.CustomLatencyMs > 0 ? response.CustomLatencyMs : latencyMs));
            if (!_names.Contains(step))
            {
                _names.Add(step);
            }
        }
    }

    public ScenarioStats Read(string scenario, TimeSpan duration)
    {
        lock (_gate)
        {
            var steps = _names.Skip(1).Select(name => new StepStats(name, Of(name, false, duration), Of(name, true, duration))).ToArray();
            return new ScenarioStats(scenario, WithBytesOf(steps, isError: false, Of("", false, duration)),
                WithBytesOf(steps, isError: true, Of("", true, duration)), steps, duration);
        }
    }

    private static MeasurementStats WithBytesOf(StepStats[] steps, bool isError, MeasurementStats own) => own with
    {
        DataTransfer = new DataTransferStats(
            own.DataTransfer.AllBytes + steps.Sum(step => (isError ? step.Fail : step.Ok).DataTransfer.AllBytes)),
    };

    private MeasurementStats Of(string name, bool isError, TimeSpan duration)
    {
        var named = _all.Where(one => one.Step == name).ToList();
        var some = named.Where(one => one.Response.IsError == isError).ToList();
        var latencies = some.Select(static one => one.LatencyMs).Order().ToList();
        var codes = some.Where(static one => one.Response.StatusCode.Length > 0)
            .GroupBy(static one => one.Response.StatusCode)
            .Select(code => new StatusCodeStats(code.Key, isError, code.First().Response.Message, code.Count()));
        return new MeasurementStats(
            new RequestStats(some.Count, some.Count / duration.TotalSeconds, named.Count == 0 ? 0 : some.Count * 100 / named.Count),
            some.Count == 0 ? new LatencyStats(0, 0, 0, 0, 0)
                : new LatencyStats(latencies[0], latencies.Average(), latencies[^1], At(latencies, 0.5), At(latencies, 0.99)),
            new DataTransferStats(some.Sum(static one => one.Response.SizeBytes)),
            [.. codes]);
    }

    private static double At(List<double> sorted, double part) => sorted[(int)Math.Ceiling(part * sorted.Count) - 1];
}
