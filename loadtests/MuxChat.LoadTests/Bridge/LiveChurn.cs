using MuxChat.LoadTests.Clients;

namespace MuxChat.LoadTests.Bridge;

/// <summary>A room where clients come, speak and leave, each step at the wish of any task, while watchers keep the books.</summary>
internal sealed class LiveChurn
{
    private const int Watchers = 5;
    private const string Room = "#churn";

    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(10);

    private readonly LiveSwarm _live;
    private readonly IReadOnlyList<LoadClient> _watchers;

    private LiveChurn(LiveSwarm live, IReadOnlyList<LoadClient> watchers)
    {
        _live = live;
        _watchers = watchers;
    }

    /// <summary>Logs the watchers in.</summary>
    /// <exception cref="LoadException">They did not get in.</exception>
    public static Task<LiveChurn> Open(LiveSwarm live) => live.Thread.Do(swarm =>
    {
        swarm.Login(Watchers, i => $"/nick w{i}\n/join {Room}\n/part #lobby\n", TimeSpan.FromSeconds(30));
        swarm.ServerLine = ResetOnPong;
        return new LiveChurn(live, [.. swarm.Clients.TakeLast(Watchers)]);
    });

    /// <summary>A client comes and joins the room; null when it was not let in within 10 s.</summary>
    public async Task<LoadClient?> Come()
    {
        var client = await _live.Thread.Do(swarm =>
        {
            var pending = swarm.Connect($"/nick u{swarm.Clients.Count}\n/join {Room}\n/part #lobby\n", isAudited: false);
            foreach (var watcher in _watchers)
            {
                watcher.Ledger.Expect(pending.Index, 0);
            }

            return pending;
        });
        return await _live.Thread.Until(_ => client.IsReady || client.IsClosed, StepLimit) && client.IsReady ? client : null;
    }

    /// <summary>It says a line, and the watchers hear it.</summary>
    public Task<Hearing> Say(LoadClient client) => _live.Hearings.Say(() => (client, Watchers));

    /// <summary>It leaves, every second one by reset. Returns whether the connection ended within 10 s.</summary>
    public async Task<bool> Leave(LoadClient client)
    {
        await _live.Thread.Do(_ =>
        {
            client.IsLeaving = true;
            client.Send(client.Index % 2 == 0 ? "/quit\n"u8 : "/ping leave\n"u8);
            return true;
        });
        return await _live.Thread.Until(_ => client.IsClosed, StepLimit);
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
