using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Metrics;
using MuxChat.Server.Logging;
using MuxChat.Server.Options;

namespace MuxChat.Server.Running;

/// <summary>Runs the admin's programs on a few threads. The loop's thread keeps the list of those that wait.</summary>
internal sealed class ProgramRunner : IProgramRunner, IDisposable
{
    /// <summary>Programs at the same time: 4.</summary>
    public const int MaxRunning = 4;

    /// <summary>Runs that wait for their turn: 16. Further ones are refused.</summary>
    public const int MaxWaiting = 16;

    /// <summary>Times the output limit that collected runs may hold for clients that do not read: 8. Above it, runs are refused.</summary>
    public const int MaxHeldLimits = 8;

    private readonly ProgramLimits _limits;
    private readonly CommandMetrics _metrics;
    private readonly CommandLog _log;
    private readonly ProgramSlot[] _slots;
    private readonly ProgramRun?[] _running;
    private readonly Queue<ProgramRun> _waiting = new();
    private readonly List<ProgramRun> _held = [];

    /// <summary>Starts the threads, if there are programs.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="limits">The limits of each program.</param>
    /// <param name="metrics">The figures.</param>
    /// <param name="log">The log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wake">Wakes the loop. Called on other threads.</param>
    public ProgramRunner(IReadOnlyList<AllowedProgram> programs, ProgramLimits limits, CommandMetrics metrics, CommandLog log,
        TimeProvider time, Action wake)
    {
        (Programs, _limits, _metrics, _log) = (programs, limits, metrics, log);
        _slots = [.. Enumerable.Range(0, programs.Count == 0 ? 0 : MaxRunning).Select(_ => new ProgramSlot(limits, time, wake))];
        _running = new ProgramRun?[_slots.Length];
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        if (_slots.Length > 0)
        {
            UnixCalls.HearOfChildren();
        }
    }

    /// <summary>Creates the runner of a server.</summary>
    public static ProgramRunner Start(ServerOptions options, CommandMetrics metrics, ILogger logger, Action wake) =>
        new(options.Commands, options.CommandLimits, metrics, new CommandLog(logger, TimeProvider.System), TimeProvider.System, wake)
        {
            IsForMembers = options.AreCommandsForMembers,
        };

    /// <inheritdoc/>
    public IReadOnlyList<AllowedProgram> Programs { get; }

    /// <inheritdoc/>
    public bool IsForMembers { get; init; }

    /// <inheritdoc/>
    public IProgramRun? TryStart(ProgramRequest request)
    {
        Collect();
        var isBusy = _waiting.Count >= MaxWaiting
            || (request.IsCollected && _held.Sum(static run => run.HeldBytes) >= MaxHeldLimits * _limits.OutputBytes);
        if (isBusy)
        {
            _metrics.Outcomes.Increment(CommandMetrics.Busy);
            return null;
        }

        var run = new ProgramRun(request);
        _waiting.Enqueue(run);
        if (request.IsCollected)
        {
            _held.Add(run);
        }

        Collect();
        return run;
    }

    /// <inheritdoc/>
    public void Collect()
    {
        DropCancelled();
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_running[i] is { } ended && _slots[i].IsFree)
            {
                Note(ended);
                _running[i] = null;
            }

            if (_slots[i].IsFree && _running[i] is null && _waiting.TryDequeue(out var next))
            {
                _running[i] = next;
                _slots[i].Begin(next);
            }
        }

        _held.RemoveAll(static run => run.End is not null && run.HeldBytes == 0);
        _metrics.Running.Set(_running.Count(static run => run is not null));
        _metrics.Waiting.Set(_waiting.Count);
    }

    /// <summary>Ends all programs, and waits for that.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        foreach (var run in _waiting)
        {
            run.Cancel();
        }

        foreach (var slot in _slots)
        {
            slot.Kill();
        }

        foreach (var slot in _slots)
        {
            slot.Dispose();
        }

        // The loop has ended, and looks at none of them any more.
        Collect();
    }

    // A second signal ends the process without disposing anything.
    private void OnProcessExit(object? sender, EventArgs e)
    {
        foreach (var slot in _slots)
        {
            slot.Kill();
        }
    }

    // A run whose client has gone keeps no place in the queue.
    private void DropCancelled()
    {
        for (var left = _waiting.Count; left > 0; left--)
        {
            var run = _waiting.Dequeue();
            if (run.IsCancelled)
            {
                run.Finish(new RunEnd(RunFault.Cancelled, -1, 0));
                Note(run);
            }
            else
            {
                _waiting.Enqueue(run);
            }
        }
    }

    private static string OutcomeOf(RunEnd end) => end.Fault switch
    {
        RunFault.TimeLimit => CommandMetrics.TimeLimit,
        RunFault.OutputLimit => CommandMetrics.OutputLimit,
        RunFault.NotStarted => CommandMetrics.NotStarted,
        RunFault.Cancelled => CommandMetrics.Cancelled,
        _ => end.Signal > 0 ? CommandMetrics.Signalled : CommandMetrics.Exited,
    };

    private void Note(ProgramRun run)
    {
        var end = run.End!;
        _metrics.Outcomes.Increment(OutcomeOf(end));
        _metrics.OutputBytes.Add(end.OutputBytes + end.ErrorBytes);
        _log.Ran(run.Request, end);
    }
}
