using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Clients;

namespace MuxChat.LoadTests.Bridge;

/// <summary>A room where clients come, speak and leave, each step at the wish of any task, while watchers keep the books.</summary>
internal sealed class LiveChurn
{
    private const int Watchers = 5;
    private const string Room = "#churn";

    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(10);

    private readonly SwarmThread _thread;
    private readonly Hearings _hearings;

    private LiveChurn(SwarmThread thread)
    {
        _thread = thread;
        _hearings = new Hearings(thread);
    }

    /// <summary>Logs the watchers in.</summary>
    /// <exception cref="LoadException">They did not get in.</exception>
    public static Task<LiveChurn> Open(SwarmThread thread) => thread.Do(swarm =>
    {
        swarm.Login(Watchers, i => $"/nick w{i}\n/join {Room}\n/part #lobby\n", TimeSpan.FromSeconds(30));
        swarm.ServerLine = ResetOnPong;
        var churn = new LiveChurn(thread);
        churn._hearings.Attach(swarm);
        return churn;
    });

    /// <summary>A client comes and joins the room; null when it was not let in within 10 s.</summary>
    public async Task<LoadClient?> Come()
    {
        var client = await _thread.Do(swarm =>
        {
            var pending = swarm.Connect($"/nick u{swarm.Clients.Count}\n/join {Room}\n/part #lobby\n", isAudited: false);
            foreach (var watcher in swarm.Clients.Take(Watchers))
            {
                watcher.Ledger.Expect(pending.Index, 0);
            }

            return pending;
        });
        return await _thread.Until(_ => client.IsReady || client.IsClosed, StepLimit) && client.IsReady ? client : null;
    }

    /// <summary>It says a line, and the watchers hear it.</summary>
    public Task<Hearing> Say(LoadClient client) => _hearings.Say(() => (client, Watchers));

    /// <summary>It leaves, every second one by reset. Returns whether the connection ended within 10 s.</summary>
    public async Task<bool> Leave(LoadClient client)
    {
        await _thread.Do(_ =>
        {
            client.IsLeaving = true;
            client.Send(client.Index % 2 == 0 ? "/quit\n"u8 : "/ping leave\n"u8);
            return true;
        });
        return await _thread.Until(_ => client.IsClosed, StepLimit);
    }

    /// <summary>Waits for what is on its way, closes the books, and returns what they say. Once.</summary>
    public async Task<AuditCounts> Close()
    {
        await _hearings.Drain();
        return await _thread.Do(swarm =>
        {
            swarm.CloseLedgers();
            return swarm.Counts with { };
        });
    }

    // Only once the server has answered: a reset takes with it what the server has not read yet.
    private static void ResetOnPong(LoadClient client, ReadOnlyMemory<byte> line)
    {
        if (client.IsLeaving && line.Span.SequenceEqual("* pong leave"u8))
        {
            client.Close(expected: true, byReset: true);
        }
    }
}
