using System.Net;
using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports;
using MuxChat.UnitTests.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Reports;

/// <summary>Reports of runs that never were, in which every figure is another.</summary>
internal static class MadeUpReports
{
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

    public static RunResult Faulty() => Result() with
    {
        Audit = new AuditCounts { Delivered = 1_000, Lost = 21, Duplicated = 22, Reordered = 23, Corrupted = 24, Refused = 25 },
    };
}
