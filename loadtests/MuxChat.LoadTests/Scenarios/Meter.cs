using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>
/// Takes the figures of one measurement: of the server's process, of the server itself, and of the load generator. What takes long is read
/// before the load begins and after it has ended, so that reading does not stop the load.
/// </summary>
internal sealed class Meter
{
    private const double MicrosecondsPerSecond = 1e6;

    private readonly Target _target;
    private readonly Swarm _swarm;
    private readonly ProcessFigures? _rest;
    private readonly long _deliveredAtRest;
    private readonly Histogram _latency = new();
    private readonly Histogram _lag = new();
    private readonly List<Sample> _series = [];
    private ProcessFigures? _before;
    private ProcessFigures? _after;
    private long _startUs;
    private long _endUs;
    private long _deliveredBefore;
    private long _deliveredAfter;
    private long _sampledUs;
    private long _sampledDelivered;
    private long _waitedUs;
    private long _pauseUs;
    private TimeSpan _cpuTime;

    /// <summary>Reads what there is at rest. No load may run.</summary>
    public Meter(Target target, Swarm swarm)
    {
        _target = target;
        _swarm = swarm;
        _rest = target.Process();
        _deliveredAtRest = swarm.Counts.Delivered;
    }

    /// <summary>The measurement begins. The warm-up is over, and the load goes on.</summary>
    public void Start()
    {
        _target.AskStats();
        _before = _target.ProcessQuickly();
        _cpuTime = Environment.CpuUsage.TotalTime;
        _waitedUs = _swarm.WaitedUs;
        _deliveredBefore = _sampledDelivered = _swarm.Counts.Delivered;
        _swarm.StartMeasuring();
        _startUs = _sampledUs = _swarm.NowUs();
    }

    /// <summary>Adds a sample: what came since the last one.</summary>
    public Sample TakeSample()
    {
        var nowUs = _swarm.NowUs();
        var delivered = _swarm.Counts.Delivered;
        var sample = new Sample(
            (nowUs - _startUs) / MicrosecondsPerSecond,
            (delivered - _sampledDelivered) * MicrosecondsPerSecond / Math.Max(1, nowUs - _sampledUs),
            _swarm.Latency.Percentile(0.5),
            _swarm.Latency.Percentile(0.99),
            _swarm.Lag.Max,
            _target.ProcessQuickly()?.ResidentKb ?? 0);
        _latency.Add(_swarm.Latency);
        _lag.Add(_swarm.Lag);
        _swarm.Latency.Clear();
        _swarm.Lag.Clear();
        _series.Add(sample);
        (_sampledUs, _sampledDelivered) = (nowUs, delivered);
        return sample;
    }

    /// <summary>p99 of all latencies so far, in microseconds.</summary>
    public long P99Us => _latency.Percentile(0.99);

    /// <summary>The measured time is over. What was due in it is still measured, until <see cref="Finish"/>.</summary>
    public void Stop()
    {
        _endUs = _swarm.NowUs();
        _swarm.StopMeasuring(_endUs);
        _after = _target.ProcessQuickly();
        _deliveredAfter = _swarm.Counts.Delivered;
        _cpuTime = Environment.CpuUsage.TotalTime - _cpuTime;
        _waitedUs = _swarm.WaitedUs - _waitedUs;
        _pauseUs = _swarm.LongestPauseUs;
        _target.AskStats();
    }

    /// <summary>Everything has arrived: the figures, added to what the scenario says of itself.</summary>
    public RunResult Finish(RunResult result)
    {
        // What came after the end counts, but it is no point of the charts over time.
        _latency.Add(_swarm.Latency);
        _lag.Add(_swarm.Lag);

        var end = _target.Process();
        var statsBefore = _target.ReadStats();
        var statsAfter = _target.ReadStats();
        var seconds = (_endUs - _startUs) / MicrosecondsPerSecond;
        var cpuSeconds = Difference(static figures => figures.CpuSeconds, _before, _after);
        var latency = LatencyFigures.Of(_latency);
        return result with
        {
            Seconds = seconds,
            Processors = _target.Processors,
            Delivered = _deliveredAfter - _deliveredBefore,
            DeliveredInAll = _swarm.Counts.Delivered - _deliveredAtRest,
            Latency = latency,
            Histogram = _latency.Encode(),
            Series = _series,
            UserSeconds = Difference(static figures => figures.UserSeconds, _before, _after),
            SystemSeconds = Difference(static figures => figures.SystemSeconds, _before, _after),
            CpuSeconds = cpuSeconds,
            ResidentRestKb = _rest?.ResidentKb ?? 0,
            ResidentLoadKb = _after?.ResidentKb ?? 0,
            Threads = end?.Threads ?? 0,
            ContextSwitches = OperatingSystem.IsLinux() && end is not null ? end.ContextSwitches - _rest?.ContextSwitches : null,
            AllocatedBytes = Grown("allocated"),
            Collections = Grown("collections"),
            LongestTickUs = statsAfter.GetValueOrDefault("longest tick"),
            Load = LoadOf(seconds).Judge(
                _before is null ? null : cpuSeconds / seconds / IoModels.Usable(result.Io, _target.Processors), latency.P99, seconds),
            Audit = _swarm.Counts,
        };

        long? Grown(string name) =>
            statsAfter.TryGetValue(name, out var grown) ? grown - statsBefore.GetValueOrDefault(name) : null;
    }

    private static double Difference(Func<ProcessFigures, double> figure, ProcessFigures? before, ProcessFigures? after) =>
        before is null || after is null ? 0 : figure(after) - figure(before);

    private LoadFigures LoadOf(double seconds) => new()
    {
        BusyShare = Math.Clamp(1 - (_waitedUs / MicrosecondsPerSecond / seconds), 0, 1),
        CpuShare = _cpuTime.TotalSeconds / seconds,
        LagP50Us = _lag.Percentile(0.5),
        LagP99Us = _lag.Percentile(0.99),
        LagMaxUs = _lag.Max,
        PauseUs = _pauseUs,
    };
}
