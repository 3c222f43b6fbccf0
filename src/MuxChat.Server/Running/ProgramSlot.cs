using System.Globalization;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.Server.Running;

/// <summary>A thread that runs one program at a time: starts it, reads what it writes, and ends it at its limits.</summary>
internal sealed class ProgramSlot : IDisposable
{
    private const int StackBytes = 256 * 1024;
    private const int MsPerSecond = 1000;

    /// <summary>Milliseconds between two looks at a program that writes nothing: 20.</summary>
    private const int LookMs = 20;

    /// <summary>Milliseconds between two looks at a program that has closed its streams: 5.</summary>
    private const int ShortLookMs = 5;

    /// <summary>How long a stopping server waits for a program that was killed: 5 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ProgramLimits _limits;
    private readonly TimeProvider _time;
    private readonly Action _wake;
    private readonly AutoResetEvent _work = new(false);
    private readonly AutoResetEvent _changed = new(false);
    private readonly Thread _thread;
    private readonly byte[] _buffer = new byte[OutputBlock.MaxBytes];
    private volatile ProgramRun? _run;
    private readonly Lock _gate = new();
    private ChildProcess? _child;
    private bool _isKilled;
    private volatile bool _isStopping;
    private long _outputBytes;
    private long _errorBytes;

    /// <summary>Starts the thread, which waits for a run.</summary>
    /// <param name="limits">The limits of each program.</param>
    /// <param name="time">The clock for the time limit.</param>
    /// <param name="wake">Wakes the loop. Called on this slot's thread.</param>
    public ProgramSlot(ProgramLimits limits, TimeProvider time, Action wake)
    {
        (_limits, _time, _wake) = (limits, time, wake);
        _thread = new Thread(Serve, StackBytes) { Name = "commands", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Whether no run is under way. Once true, it stays so until <see cref="Begin"/>.</summary>
    public bool IsFree => _run is null;

    /// <summary>Begins a run. Called on the loop's thread, on a free slot.</summary>
    public void Begin(ProgramRun run)
    {
        run.Changed = () => _changed.Set();
        _run = run;
        _work.Set();
    }

    /// <summary>Ends the program at once, if one runs or is just being started. None starts any more. Callable from any thread.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _isKilled = true;
            _child?.Kill();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isStopping)
        {
            return;
        }

        _isStopping = true;
        _run?.Cancel();
        _work.Set();
        _changed.Set();
        if (_thread.Join(Patience))
        {
            _work.Dispose();
        }
    }

    private void Serve()
    {
        while (true)
        {
            _work.WaitOne();
            if (_run is { } run)
            {
                var end = Run(run);
                run.Finish(end);
                _run = null;
                _wake();
            }

            if (_isStopping)
            {
                return;
            }
        }
    }

    private RunEnd Run(ProgramRun run)
    {
        (_outputBytes, _errorBytes) = (0, 0);
        var started = _time.GetTimestamp();
        using var child = Start(run, out var refused);
        if (child is null)
        {
            return refused;
        }

        var fault = Follow(run, child, started);
        if (fault != RunFault.None)
        {
            child.Kill();
        }

        if (fault is RunFault.None or RunFault.TimeLimit)
        {
            fault = Drain(run, child) ? fault : RunFault.OutputLimit;
        }

        var (exitCode, signal) = child.Reap();
        lock (_gate)
        {
            _child = null;
            fault = _isKilled ? RunFault.Cancelled : fault;
        }

        var limit = fault == RunFault.TimeLimit ? $"{_limits.Seconds} s"
            : fault == RunFault.OutputLimit ? $"{_limits.OutputBytes / 1024} KiB" : "";
        return new RunEnd(fault, exitCode, signal, limit.ToString(CultureInfo.InvariantCulture), _outputBytes, _errorBytes,
            (long)_time.GetElapsedTime(started).TotalMilliseconds);
    }

    // A program that has started is known to Kill, which waits meanwhile.
    private ChildProcess? Start(ProgramRun run, out RunEnd refused)
    {
        refused = new RunEnd(RunFault.Cancelled, -1, 0);
        lock (_gate)
        {
            if (run.IsCancelled || _isStopping || _isKilled)
            {
                return null;
            }

            _child = ChildProcess.Start(run.Request.Program.Path, run.Request.Arguments, out var why);
            refused = new RunEnd(RunFault.NotStarted, -1, 0, why);
            return _child;
        }
    }

    // Reads until the program ends or must end.
    private RunFault Follow(ProgramRun run, ChildProcess child, long started)
    {
        while (true)
        {
            if (run.IsCancelled || _isStopping)
            {
                return RunFault.Cancelled;
            }

            if (_time.GetElapsedTime(started).TotalMilliseconds >= (double)_limits.Seconds * MsPerSecond)
            {
                return RunFault.TimeLimit;
            }

            if (run.IsFull)
            {
                // There is room for all that the pipes of an ended program still hold.
                if (child.HasEnded())
                {
                    return RunFault.None;
                }

                _changed.WaitOne(LookMs);
                continue;
            }

            var isOver = false;
            var hasRead = child.Read(_buffer, child.HasEndedOutput ? ShortLookMs : LookMs, (stream, bytes) =>
            {
                isOver = !TryAdd(run, stream, bytes.Span);
                return !isOver;
            });
            if (isOver)
            {
                return RunFault.OutputLimit;
            }

            if (hasRead && !run.Request.IsCollected)
            {
                _wake();
            }

            if ((!hasRead || child.HasEndedOutput) && child.HasEnded())
            {
                return RunFault.None;
            }
        }
    }

    // Reads what the pipes still hold. A process that has left the group may keep them open, so this never waits.
    private bool Drain(ProgramRun run, ChildProcess child)
    {
        child.Kill();
        var isWithin = true;
        while (isWithin && child.Read(_buffer, timeoutMs: 0, (stream, bytes) => isWithin = TryAdd(run, stream, bytes.Span)))
        {
        }

        return isWithin;
    }

    // Takes what the limit allows. Returns false if that was not everything.
    private bool TryAdd(ProgramRun run, ProgramStream stream, ReadOnlySpan<byte> bytes)
    {
        var fits = (int)Math.Min(bytes.Length, _limits.OutputBytes - _outputBytes - _errorBytes);
        if (fits > 0)
        {
            if (!run.TryAdd(stream, bytes[..fits]))
            {
                return false;
            }

            _outputBytes += stream == ProgramStream.Output ? fits : 0;
            _errorBytes += stream == ProgramStream.Error ? fits : 0;
        }

        return fits == bytes.Length;
    }
}

/// <summary>The limits of each program.</summary>
internal sealed record ProgramLimits
{
    /// <summary>Seconds that a program may take: 10. After that its group is killed.</summary>
    public int Seconds { get; init; } = 10;

    /// <summary>Bytes of both streams together: 1 MiB. After that the program's group is killed, and the answer says so.</summary>
    public long OutputBytes { get; init; } = 1024 * 1024;
}
