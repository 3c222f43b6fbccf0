using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Scenarios;
using MuxChat.LoadTests.Wires;

namespace MuxChat.LoadTests.Comparing;

/// <summary>
/// The same work under each I/O model, in turn within every round, so that whatever drifts on the machine hits all alike.
/// </summary>
internal sealed class ModelComparison(IReadOnlyList<string> models, IReadOnlyList<int> clients, int rounds, LoadSettings settings)
{
    /// <summary>Runs all of it. Every single run is audited.</summary>
    public List<RunResult> Run(ProgressLine progress)
    {
        var results = new List<RunResult>();
        foreach (var count in clients)
        {
            for (var round = 1; round <= rounds; round++)
            {
                foreach (var io in models)
                {
                    progress.Say($"{count} clients, round {round} of {rounds}, {io}");
                    using var target = Target.Start(io, Transport.Tcp);
                    var work = settings with { Io = io, Clients = count, Senders = Math.Min(settings.Senders, count) };
                    results.Add(BroadcastScenario.RunRooms(io, 1, target, work, progress) with { Clients = count });
                }
            }
        }

        return results;
    }

    /// <summary>Medians and spreads, and who won.</summary>
    public List<ComparisonRow> Rows(IReadOnlyList<RunResult> results) => [.. clients.SelectMany(count => RowsOf(count, results))];

    private IEnumerable<ComparisonRow> RowsOf(int count, IReadOnlyList<RunResult> results)
    {
        var rows = models.Select(io => RowOf(count, io, [.. results.Where(result => result.Io == io && result.Clients == count)])).ToList();
        var best = rows.Max(row => row.PerCpuSecond.Median);
        return rows.Select(row => row with
        {
            IsWinner = best > 0 && row.PerCpuSecond.Median == best,
            AgainstWinner = best > 0 ? row.PerCpuSecond.Median / best : 0,
        });
    }

    private static ComparisonRow RowOf(int count, string io, IReadOnlyList<RunResult> runs) => new()
    {
        Clients = count,
        Io = io,
        PerCpuSecond = Spread.Of(runs.Select(run => run.DeliveredPerCpuSecond)),
        PerSecond = Spread.Of(runs.Select(run => run.DeliveredPerSecond)),
        P50 = Spread.Of(runs.Select(run => (double)run.Latency.P50)),
        P99 = Spread.Of(runs.Select(run => (double)run.Latency.P99)),
        LoginSeconds = Spread.Of(runs.Select(run => run.LoginSeconds)),
        RestKb = Spread.Of(runs.Select(run => (double)run.ResidentRestKb)),
        Threads = runs.Max(run => run.Threads),
        SwitchesPerSecond = Spread.Of(runs.Select(run => run.Seconds > 0 ? run.ContextSwitches / run.Seconds : 0)),
        AllocatedPerDelivery = Spread.Of(runs.Select(run => run.Delivered > 0 ? (double)run.AllocatedBytes / run.Delivered : 0)),
    };
}
