namespace MuxChat.Core.Reactor;

/// <summary>
/// Tells how long a loop under load may look away before its next tick, so that more lines come together and go out with one write to each client: the
/// kernel takes about as long for sixty lines as for one.
/// </summary>
/// <remarks>
/// Only under load: after a tick that worked for long and that had next to nothing to wait for. A line that comes to a loop at leisure is never held back.
/// Invariant: a hold is at most the limit, and at most <see cref="WorkPerHold"/>th of the work before it, so that it costs next to no capacity.
/// </remarks>
internal sealed class Coalescer(int mostUs)
{
    private const int LeastWorkUs = 1000;
    private const int WorkPerHold = 16;
    private const int WorkPerWait = 8;

    /// <summary>How long to hold before the next tick, in microseconds; 0 for not at all.</summary>
    public int HoldUs { get; private set; }

    /// <summary>Says how a tick went: how long it waited and how long it then worked, in microseconds.</summary>
    public void Note(long waitedUs, long workedUs) =>
        HoldUs = workedUs >= LeastWorkUs && waitedUs <= workedUs / WorkPerWait ? (int)Math.Min(mostUs, workedUs / WorkPerHold) : 0;
}
