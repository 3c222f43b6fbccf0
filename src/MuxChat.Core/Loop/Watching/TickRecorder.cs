using MuxChat.Core.Chat;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Loop.Watching;

/// <summary>Records the last ticks of the event loop while it is watched: the time of each phase, and counts.</summary>
/// <remarks>
/// While it is off, each call is one branch on a field. While it is on, a change of phase reads the clock once. Counts are differences of
/// the registry's counters, so they cost nothing extra. Invariant: at any moment, exactly one phase is running.
/// </remarks>
internal sealed class TickRecorder(TickClock clock, MetricSet metrics)
{
    /// <summary>Ticks kept until they are taken: 40. Of more, the sums, the last ones and the longest one are kept.</summary>
    public const int MaxTicks = 40;

    private readonly TickRecord[] _last = new TickRecord[MaxTicks];
    private TickRecord _current;
    private TickRecord _before;
    private TickRecord _sums;
    private TickRecord _longest;
    private TickPhase _phase;
    private long _phaseNs;
    private bool _isInTick;

    /// <summary>Whether ticks are recorded. A change counts from the next tick on.</summary>
    public bool IsOn { get; set; }

    /// <summary>Ticks recorded since they were last taken.</summary>
    public int Count { get; private set; }

    /// <summary>The sums over all of these ticks.</summary>
    public ref readonly TickRecord Sums => ref _sums;

    /// <summary>The one of them that worked longest.</summary>
    public ref readonly TickRecord Longest => ref _longest;

    /// <summary>The number of ticks that are kept whole.</summary>
    public int KeptCount => Math.Min(Count, MaxTicks);

    /// <summary>One of the ticks that are kept whole, the oldest first.</summary>
    public ref readonly TickRecord this[int index] => ref _last[(Count - KeptCount + index) % MaxTicks];

    /// <summary>Begins a tick. Its wait is over.</summary>
    /// <param name="beganUs">The beginning of the wait, in microseconds since the start.</param>
    /// <param name="waitedUs">The wait, in microseconds.</param>
    /// <param name="ready">The number of connections and listeners that are ready.</param>
    public void Begin(long beganUs, long waitedUs, int ready)
    {
        if (!IsOn)
        {
            return;
        }

        _before = Read();
        _current = new TickRecord { Number = metrics.Ticks.Value + 1, BeganUs = beganUs, Ready = ready };
        _current.Add(TickPhase.Wait, waitedUs * 1000);
        _phase = TickPhase.CarryOut;
        _phaseNs = clock.ReadNanoseconds();
        _isInTick = true;
    }

    /// <summary>Enters a phase, and returns the one before it, to which the caller goes back.</summary>
    public TickPhase Enter(TickPhase phase)
    {
        if (!_isInTick || phase == _phase)
        {
            return phase;
        }

        var nowNs = clock.ReadNanoseconds();
        _current.Add(_phase, nowNs - _phaseNs);
        var before = _phase;
        (_phase, _phaseNs) = (phase, nowNs);
        return before;
    }

    /// <summary>Notes that the watchers' timer has fired in this tick.</summary>
    public void NoteWatchers() => _current.IsForWatchers = true;

    /// <summary>Ends the tick.</summary>
    public void End()
    {
        if (!_isInTick)
        {
            return;
        }

        _isInTick = false;
        _current.Add(_phase, clock.ReadNanoseconds() - _phaseNs);
        var now = Read();
        _current.Accepted = now.Accepted - _before.Accepted;
        _current.Frames = now.Frames - _before.Frames;
        _current.BytesIn = now.BytesIn - _before.BytesIn;
        _current.BytesOut = now.BytesOut - _before.BytesOut;
        _current.Lines = now.Lines - _before.Lines;
        _current.Delivered = now.Delivered - _before.Delivered;
        _current.Closed = now.Closed - _before.Closed;
        _current.IsForWatchers &= _current.Ready == 0;
        _last[Count++ % MaxTicks] = _current;
        _sums.Add(_current);
        if (Count == 1 || _current.WorkNs > _longest.WorkNs)
        {
            _longest = _current;
        }
    }

    /// <summary>Forgets the ticks, because they have been taken.</summary>
    public void Clear()
    {
        Count = 0;
        _sums = default;
        _longest = default;
    }

    private TickRecord Read() => new()
    {
        Accepted = metrics.Connections.Accepted.Value,
        Frames = metrics.Connections.Frames.Value,
        BytesIn = metrics.Connections.BytesReceived.Value,
        BytesOut = metrics.Connections.BytesSent.Value,
        Lines = metrics.LinesIn.Value,
        Delivered = metrics.LinesDelivered.Value,
        Closed = metrics.Connections.Disconnects.Value,
    };
}
