using System.Runtime.CompilerServices;

namespace MuxChat.Core.Loop.Watching;

/// <summary>The work of one tick of the event loop: the time of each phase, and counts.</summary>
/// <remarks>A mutable struct in the arrays of its recorder.</remarks>
internal struct TickRecord
{
    private PhaseTimes _ns;

    /// <summary>The number of the tick, from 1 on.</summary>
    public long Number { get; set; }

    /// <summary>When its wait began, in microseconds since the start.</summary>
    public long BeganUs { get; set; }

    /// <summary>Connections and listeners that were ready.</summary>
    public int Ready { get; set; }

    /// <summary>Connections accepted.</summary>
    public long Accepted { get; set; }

    /// <summary>Lines and frames received.</summary>
    public long Frames { get; set; }

    /// <summary>Bytes received.</summary>
    public long BytesIn { get; set; }

    /// <summary>Bytes sent.</summary>
    public long BytesOut { get; set; }

    /// <summary>Lines accepted.</summary>
    public long Lines { get; set; }

    /// <summary>Copies of lines queued.</summary>
    public long Delivered { get; set; }

    /// <summary>Connections closed.</summary>
    public long Closed { get; set; }

    /// <summary>Whether the tick had nothing to do but to serve its watchers.</summary>
    public bool IsForWatchers { get; set; }

    /// <summary>Nanoseconds of all phases but the wait.</summary>
    public readonly long WorkNs
    {
        get
        {
            var sum = 0L;
            for (var phase = (int)TickPhase.Wait + 1; phase < PhaseTimes.Count; phase++)
            {
                sum += _ns[phase];
            }

            return sum;
        }
    }

    /// <summary>Returns the nanoseconds of one phase.</summary>
    public readonly long NsOf(TickPhase phase) => _ns[(int)phase];

    /// <summary>Adds nanoseconds to one phase.</summary>
    public void Add(TickPhase phase, long ns) => _ns[(int)phase] += ns;

    /// <summary>Adds the times and the counts of another tick.</summary>
    public void Add(in TickRecord other)
    {
        for (var phase = 0; phase < PhaseTimes.Count; phase++)
        {
            _ns[phase] += other._ns[phase];
        }

        Ready += other.Ready;
        Accepted += other.Accepted;
        Frames += other.Frames;
        BytesIn += other.BytesIn;
        BytesOut += other.BytesOut;
        Lines += other.Lines;
        Delivered += other.Delivered;
        Closed += other.Closed;
    }

    [InlineArray(Count)]
    private struct PhaseTimes
    {
        public const int Count = 6;

        private long _first;
    }
}

/// <summary>The phases of a tick, in the order in which it comes to them. It may come to a phase several times.</summary>
internal enum TickPhase
{
    /// <summary>The loop sleeps until a channel is ready or a timer is due.</summary>
    Wait,

    /// <summary>New connections are accepted.</summary>
    Accept,

    /// <summary>Bytes are read from sockets.</summary>
    Read,

    /// <summary>Frames are decoded and their commands run; timers fire; events go to the journal.</summary>
    CarryOut,

    /// <summary>Batches are copied to outboxes, and outboxes are written to sockets.</summary>
    Write,

    /// <summary>Doomed connections are closed.</summary>
    Reap,
}
