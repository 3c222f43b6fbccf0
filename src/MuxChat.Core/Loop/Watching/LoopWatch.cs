using System.Buffers;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Loop.Watching;

/// <summary>The clients that watch the event loop. They get a report ten times a second, encoded once for all of them.</summary>
/// <remarks>
/// A watcher that has not read its last report gets no new one, so nothing is ever queued twice. It sees from the ticks' numbers that some
/// are missing. While there is no watcher, no tick is recorded and no timer runs. Owner: the loop.
/// </remarks>
public sealed class LoopWatch : TimerQueue.Entry
{
    /// <summary>Watchers at once: 8. The next one is closed.</summary>
    public const int MaxWatchers = 8;

    /// <summary>Milliseconds from one report to the next: 100.</summary>
    public const int PeriodMs = 100;

    private readonly List<IClientOutput> _watchers = [];
    private readonly ArrayBufferWriter<byte> _report = new(LoopReport.MaxBytes);
    private readonly MetricSet _metrics;
    private LoopReport? _reporter;
    private LoopContext? _loop;

    /// <summary>Creates a watch without watchers.</summary>
    /// <param name="metrics">The figures of the server.</param>
    public LoopWatch(MetricSet metrics) => _metrics = metrics;

    /// <summary>The number of watchers.</summary>
    public int Count => _watchers.Count;

    /// <summary>Connects the watch to its loop, once, before the loop runs.</summary>
    internal void Attach(LoopContext loop, ConnectionTable table)
    {
        _loop = loop;
        _reporter = new LoopReport(loop, table, _metrics);
    }

    /// <summary>Adds a watcher, which first gets a description of the reports.</summary>
    /// <returns>False if there are <see cref="MaxWatchers"/> already.</returns>
    internal bool TryAdd(IClientOutput watcher)
    {
        ForgetClosed();
        if (_loop is null || _watchers.Count == MaxWatchers)
        {
            return false;
        }

        _report.ResetWrittenCount();
        _reporter!.WriteDescription(_report);
        watcher.SendMessage(_report.WrittenSpan);
        _watchers.Add(watcher);
        _loop.Recorder.IsOn = true;
        if (!IsScheduled)
        {
            _loop.Timers.Schedule(this, _loop.NowMs + PeriodMs);
        }

        return true;
    }

    /// <summary>Sends a report to each watcher that has read the last one.</summary>
    internal void OnTimer()
    {
        var loop = _loop!;
        ForgetClosed();
        if (_watchers.Count == 0)
        {
            loop.Recorder.IsOn = false;
            loop.Recorder.Clear();
            return;
        }

        loop.Timers.Schedule(this, loop.NowMs + PeriodMs);
        loop.Recorder.NoteWatchers();
        _report.ResetWrittenCount();
        _reporter!.Write(_report);
        foreach (var watcher in _watchers)
        {
            if (watcher.QueuedBytes == 0)
            {
                watcher.SendMessage(_report.WrittenSpan);
            }
        }
    }

    private void ForgetClosed() => _watchers.RemoveAll(static watcher => watcher.IsEnding);
}
