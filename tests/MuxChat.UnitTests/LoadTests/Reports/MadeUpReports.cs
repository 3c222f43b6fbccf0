using System.Net;
using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports;
using MuxChat.UnitTests.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Reports;

/// <summary>Reports of runs that never were, in which every figure is another.</summary>
internal static class MadeUpReports
{
    private static readonly RunResult Empty = new() { Name = "", Io = "", Clients = 0 };

    public static RunResult Result(string name = "with 5,000 idle") => new()
    {
        Scenario = "idle",
        Name = name,
        Io = "epoll",
        Clients = 5_101,
        Senders = 11,
        Seconds = 4,
        LoginSeconds = 1.37,
        Sent = 12_345,
        Delivered = 2_468_000,
        Latency = new LatencyFigures { P50 = 1_210, P90 = 2_320, P99 = 3_430, P999 = 4_540, Max = 5_650 },
        UserSeconds = 0.41,
        SystemSeconds = 1.59,
        CpuSeconds = 2,
        ResidentRestKb = 61 * 1024,
        ResidentLoadKb = 73 * 1024,
        Threads = 13,
        ContextSwitches = 98_765,
        DeliveredInAll = 3_000_000,
        AllocatedBytes = 1_357_911,
        Collections = 17,
        LongestTickUs = 6_780,
        Audit = new AuditCounts { Delivered = 2_468_111 },
        More = { ["against-alone"] = 0.987 },
    };

    public static Report Scenario(params RunResult[] results) => new()
    {
        Command = "loadtests idle --json a.json",
        Time = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero),
        Machine = new MachineFacts { Processor = "Abacus 3000", Processors = 2, Pinning = "server on processor 0, load on processor 1" },
        Settings = new LoadSettings { Connect = new IPEndPoint(IPAddress.Loopback, 7070) },
        Results = results,
    };

    public static Report Comparison(params RunResult[] results) => Scenario(results) with
    {
        Comparison = [MadeUp.Row(100, "select", 876_543), MadeUp.Row(100, "epoll", 987_654, memory: 47, threads: 9)],
        Findings = ["epoll delivered the most", "select falls off at 100 clients"],
    };

    /// <summary>
    /// A comparison of all scenarios with 10 and 100 clients, three rounds of each model; the broadcast on two processors too.
    /// </summary>
    public static Report WholeComparison()
    {
        var runs = from scenario in ComparedScenario.All
                   from clients in scenario.Name == "churn" ? (int[])[0] : [10, 100]
                   from processors in scenario.Name == "broadcast" ? (int[])[1, 2] : [1]
                   from round in (int[])[1, 2, 3]
                   from io in (string[])["select", "epoll", "threads", "async"]
                   select Round(scenario.Name, clients, processors, round, io);
        var all = runs.ToList();
        var rows = ComparisonRun.Rows(all);
        return Scenario([.. all]) with { Comparison = rows, Findings = Findings.Of(rows) };
    }

    /// <summary>
    /// A result that keeps its latencies, each of 1 to 1,000 times as many microseconds, and a sample each quarter of a second.
    /// </summary>
    public static RunResult Measured(string name, int microseconds = 3)
    {
        var histogram = new Histogram();
        Enumerable.Range(1, 1_000).ToList().ForEach(value => histogram.Record(value * microseconds));
        return Result(name) with
        {
            Latency = LatencyFigures.Of(histogram),
            Histogram = histogram.Encode(),
            Series =
            [
                .. Enumerable.Range(1, 17).Select(i => new Sample(i / 4.0, 600_000 + (i * 1_000 * microseconds), 500 * microseconds,
                    990 * microseconds, i % 3 * 40, 70_000 + i)),
            ],
        };
    }

    /// <summary>A search for the capacity that found 800 lines a second.</summary>
    public static Report Search()
    {
        RunResult Step(double rate, int microseconds) =>
            Measured(rate > 0 ? $"{rate} lines/s" : "full window", microseconds) with { Rate = rate };
        var last = Step(800, 5) with
        {
            More = new() { ["capacity"] = 800, ["capacity-deliveries"] = 7_200, ["after/before"] = 0.8 },
        };
        return Scenario(Step(0, 9), Step(1_000, 40), Step(1_000, 60), Step(900, 30), Step(0, 9) with { Name = "full window after" }, last);
    }

    public static RunResult Faulty() => Result() with
    {
        Audit = new AuditCounts { Delivered = 1_000, Lost = 21, Duplicated = 22, Reordered = 23, Corrupted = 24, Refused = 25 },
    };

    // Select is best and threads are worst, each by more than the rounds differ.
    private static RunResult Round(string scenario, int clients, int processors, int round, string io)
    {
        var place = 1 + ((string[])["select", "epoll", "async", "threads"]).IndexOf(io);
        var factor = place * (100 + round) / 100.0;
        var more = Figure.Measured.Where(static figure => figure.Of(Empty) is null).ToDictionary(
            static figure => figure.Name, figure => figure.IsMoreBetter ? 5_000 / factor : 70 * factor);
        return Measured(scenario, place * 3) with
        {
            Scenario = scenario,
            Io = io,
            Clients = clients,
            Processors = processors,
            IsOnAll = processors > 1,
            Round = round,
            Rate = scenario == "rate" ? 500 : 0,
            Delivered = (long)(2_000_000 / factor),
            ResidentRestKb = (long)(50_000 + (clients * 10 * factor)),
            More = more,
        };
    }
}
