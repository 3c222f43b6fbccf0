using System.Diagnostics;
using MuxChat.Simulation.Fuzz.Crowd;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz;

/// <summary>Gives so many inputs to a target, on several threads, until one fails.</summary>
internal sealed class FuzzRun(string name, Func<IFuzzTarget> create, FuzzSettings settings)
{
    /// <summary>Memory that a run may hold more at its end than after its first inputs, in bytes: 64 MiB.</summary>
    private const long MaxGrowthBytes = 64L * 1024 * 1024;

    /// <summary>A run of this many inputs must have every command of every protocol carried out: 400.</summary>
    private const int InputsForAllCommands = 400;

    private const int WarmInputs = 10_000;
    private const int SpliceOneIn = 5;

    private readonly Lock _gate = new();

    // One for each thread, kept to the end: what they hold counts.
    private readonly IFuzzTarget[] _targets = [.. Enumerable.Range(0, settings.Threads).Select(_ => create())];
    private FuzzFailure? _failure;
    private long _done;
    private long _bytes;

    /// <summary>Inputs given so far, and their bytes.</summary>
    public (long Inputs, long Bytes) Done => (Interlocked.Read(ref _done), Interlocked.Read(ref _bytes));

    public TimeSpan Took { get; private set; }

    /// <summary>Which commands were carried out, in all threads; null for a target that does not count them.</summary>
    public CommandCoverage? Coverage { get; private set; }

    /// <summary>Runs to the end or to the first failure, which is returned.</summary>
    public FuzzFailure? Run()
    {
        var start = Stopwatch.GetTimestamp();
        RunPart(0, Math.Min(WarmInputs, settings.Inputs));
        var before = Held();
        RunPart(Math.Min(WarmInputs, settings.Inputs), settings.Inputs);
        Took = Stopwatch.GetElapsedTime(start);
        var grown = Held() - before;
        GC.KeepAlive(_targets);
        CountCommands();
        if (BoundsMemory && _failure is null && grown > MaxGrowthBytes)
        {
            _failure = new FuzzFailure(name, settings.Seed, settings.First,
                $"the run holds {grown} bytes more than after its first {WarmInputs} inputs", [], 0);
        }

        return _failure;
    }

    // A short run need not come to everything.
    private void CountCommands()
    {
        foreach (var target in _targets.OfType<ICoversCommands>())
        {
            Coverage ??= new CommandCoverage();
            Coverage.Add(target.Coverage);
        }

        if (_failure is null && Coverage is { Missing.Count: > 0 } && settings.Inputs >= InputsForAllCommands)
        {
            var wrong = $"never carried out: {string.Join(", ", Coverage.Missing)}";
            _failure = new FuzzFailure(name, settings.Seed, settings.First, wrong, [], 0);
        }
    }

    // A run that ends with its first inputs has nothing to compare.
    private bool BoundsMemory => settings.BoundsMemory && settings.Inputs > WarmInputs;

    private long Held() => BoundsMemory ? GC.GetTotalMemory(forceFullCollection: true) : 0;

    private void RunPart(long from, long to)
    {
        var threads = Enumerable.Range(0, settings.Threads)
            .Select(number => new Thread(() => RunThread(_targets[number], from + number, to)) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private void RunThread(IFuzzTarget target, long from, long to)
    {
        var random = new FuzzRandom();
        var input = new InputBuffer();
        var other = new InputBuffer();
        for (var i = from; i < to && _failure is null; i += settings.Threads)
        {
            Make(target, random, settings.First + i, input, other);
            var numbers = random.NextLong();
            var wrong = Check(target, input.Bytes, random, numbers);
            if (wrong is not null)
            {
                Fail(target, settings.First + i, input.Bytes.ToArray(), random, numbers, wrong);
            }

            Interlocked.Increment(ref _done);
            Interlocked.Add(ref _bytes, input.Length);
        }
    }

    private void Make(IFuzzTarget target, FuzzRandom random, long index, InputBuffer input, InputBuffer other)
    {
        random.Begin(settings.Seed, name, index);
        input.Clear();
        target.Generate(random, input);
        if (random.OneIn(SpliceOneIn))
        {
            other.Clear();
            target.Generate(random, other);
            input.Truncate(random.Next(input.Length + 1));
            input.Put(other.Bytes[random.Next(other.Length + 1)..]);
        }

        Mutator.Mutate(random, input);
    }

    private static string? Check(IFuzzTarget target, ReadOnlySpan<byte> input, FuzzRandom random, ulong numbers)
    {
        random.Restart(numbers);
        try
        {
            return target.Check(input, random);
        }
        catch (Exception error)
        {
            // Whatever it is: nothing that a stranger sends may throw.
            return $"{error.GetType().Name}: {error.Message} {error.StackTrace?.Split('\n')[0].Trim()}";
        }
    }

    private void Fail(IFuzzTarget target, long index, byte[] input, FuzzRandom random, ulong numbers, string wrong)
    {
        lock (_gate)
        {
            if (_failure is null)
            {
                var shrunk = Shrinker.Shrink(input, candidate => Check(target, candidate, random, numbers) is not null);
                _failure = new FuzzFailure(name, settings.Seed, index, Check(target, shrunk, random, numbers) ?? wrong,
                    shrunk, input.Length);
            }
        }
    }
}
