namespace MuxChat.Simulation.Running;

/// <summary>Runs many seeds on several threads, one simulation on each.</summary>
/// <param name="listed">Seeds that run first.</param>
/// <param name="from">The first seed of the range.</param>
/// <param name="count">How many seeds the range has.</param>
/// <param name="jobs">How many threads share the seeds.</param>
internal sealed class SeedRange(IReadOnlyList<ulong> listed, ulong from, long count, int jobs)
{
    /// <summary>One seed in so many is run twice, and must give the same trace.</summary>
    private const ulong RepeatEvery = 100;

    private readonly Lock _lock = new();
    private readonly List<RunResult> _failed = [];
    private readonly SortedDictionary<string, int> _passedOver = new(StringComparer.Ordinal);
    private long _next;
    private long _done;
    private bool _isOver;

    /// <summary>The range ends when this many seeds have failed.</summary>
    public long StopAfter { get; init; } = long.MaxValue;

    /// <summary>The one check whose failures count; null when all checks count.</summary>
    /// <remarks>
    /// A seed that another check ends says nothing about this one: the run is over before this check can see the mistake.
    /// </remarks>
    public string? Check { get; init; }

    /// <summary>How many seeds each check ended that does not count.</summary>
    public IReadOnlyDictionary<string, int> PassedOver => _passedOver;

    /// <summary>Seeds that failed, in order.</summary>
    public IReadOnlyList<RunResult> Failed => [.. _failed.OrderBy(static result => result.Seed)];

    /// <summary>Over the traces of all seeds of the range, in whatever order they came.</summary>
    public ulong Hash { get; private set; }

    public long Done => _done;

    /// <summary>Turns of all loops.</summary>
    public long Ticks { get; private set; }

    /// <summary>What the runs came to.</summary>
    public Milestones Milestones { get; } = new();

    /// <summary>Runs them all.</summary>
    /// <param name="onProgress">Hears now and then how many are done; on any thread, one at a time.</param>
    public void Run(Action<long> onProgress)
    {
        var threads = Enumerable.Range(0, jobs).Select(_ => new Thread(() => Work(onProgress))).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
    }

    private void Work(Action<long> onProgress)
    {
        while (TryTake(out var seed, out var isListed))
        {
            var result = SimRun.Of(seed);
            if (result.Failure is null && (isListed || seed % RepeatEvery == 0))
            {
                result = Repeat(result);
            }

            Note(result, isListed, onProgress);
        }
    }

    private static RunResult Repeat(RunResult result)
    {
        var again = SimRun.Of(result.Seed);
        return again.Hash == result.Hash
            ? result
            : result with
            {
                Failure = new Failure(Checks.CheckNames.Trace,
            $"the trace of the first run is {result.Hash:x16}, of the second {again.Hash:x16}")
            };
    }

    private bool TryTake(out ulong seed, out bool isListed)
    {
        lock (_lock)
        {
            var place = _next++;
            isListed = place < listed.Count;
            seed = isListed ? listed[(int)place] : from + (ulong)(place - listed.Count);
            return !_isOver && place < listed.Count + count;
        }
    }

    private void Note(RunResult result, bool isListed, Action<long> onProgress)
    {
        lock (_lock)
        {
            Ticks += result.Ticks;
            Milestones.Add(result.Milestones);
            if (result.Failure is { } failure && Check is not null && failure.Check != Check)
            {
                _passedOver[failure.Check] = _passedOver.GetValueOrDefault(failure.Check) + 1;
            }
            else if (result.Failure is not null)
            {
                _failed.Add(result);
                _isOver |= _failed.Count >= StopAfter;
            }

            if (!isListed)
            {
                _done++;
                Hash += SeededRandom.Mix(result.Hash ^ SeededRandom.Mix(result.Seed));
                onProgress(_done);
            }
        }
    }
}
