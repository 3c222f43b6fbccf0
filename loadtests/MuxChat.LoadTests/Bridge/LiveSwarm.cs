using System.Net;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Wires;

namespace MuxChat.LoadTests.Bridge;

/// <summary>
/// The simulated clients of one run, on their thread, with one audit for all of them. Rooms and churn share it, so that no nick is taken
/// twice. Owns the thread. Any task may call it.
/// </summary>
internal sealed class LiveSwarm : IDisposable
{
    private readonly Lock _gate = new();
    private AuditCounts _told = new();
    private Task<AuditCounts>? _closing;

    public LiveSwarm(IPEndPoint server, int payloadBytes, Transport? transport = null)
    {
        Thread = new SwarmThread(server, payloadBytes, transport);
        Hearings = new Hearings(Thread);

        // Before all else that the thread is given.
        _ = Thread.Do(swarm => Hearings.Attach(swarm));
    }

    public SwarmThread Thread { get; }

    public Hearings Hearings { get; }

    /// <summary>What was found wrong since the last call. Lost lines are found only by <see cref="Close"/>.</summary>
    public Task<AuditCounts> NewFaults() => Thread.Do(swarm =>
    {
        var faults = swarm.Counts.Since(_told);
        _told = swarm.Counts with { };
        return faults;
    });

    /// <summary>Waits for what is on its way, closes the books, and returns what they say. A second call returns the same.</summary>
    public Task<AuditCounts> Close()
    {
        lock (_gate)
        {
            return _closing ??= CloseBooks();
        }
    }

    public void Dispose() => Thread.Dispose();

    private async Task<AuditCounts> CloseBooks()
    {
        await Hearings.Drain();
        return await Thread.Do(swarm =>
        {
            swarm.CloseLedgers();
            return swarm.Counts with { };
        });
    }
}
