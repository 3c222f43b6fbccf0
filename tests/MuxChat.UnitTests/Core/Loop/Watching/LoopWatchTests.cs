using System.Text.Json;
using MuxChat.Core.Loop.Watching;

namespace MuxChat.UnitTests.Core.Loop.Watching;

/// <summary>What those who watch the loop get, and what that costs the others.</summary>
public sealed class LoopWatchTests
{
    private readonly WatcherFixture _bench = new();

    private LoopFixture Loop => _bench.Loop;

    [Fact]
    public void Watcher_onConnecting_getsTheColumnsFirst()
    {
        var hello = Assert.Single(WatcherFixture.Read(_bench.Watch()));
        Assert.Equal("hello", hello.GetProperty("type").GetString());
        Assert.Equal(1024 * 1024, hello.GetProperty("outbox_hard_bytes").GetInt64());
        Assert.Equal(1, Loop.Watch.Count);
    }

    [Fact]
    public void Tick_thatReadsCarriesOutAndWrites_isReportedWithItsPhasesAndCounts()
    {
        var (alice, bob) = (Loop.Connect(), Loop.Connect());
        var watcher = _bench.Watch();
        var hello = WatcherFixture.Read(watcher)[0];
        (bob.Time, bob.SendMs) = (Loop.Time, 7);
        alice.Type("one\ntwo\n");
        Loop.Tick();
        _bench.PassPeriod();
        var report = Assert.Single(WatcherFixture.Read(watcher));
        var tick = report.GetProperty("ticks").EnumerateArray().Single(one => WatcherFixture.Field(hello, one, "lines") == 2);
        Assert.Equal([1, 2, 8, 2, 0, 0], Fields(hello, tick, "ready", "frames", "bytes_in", "delivered", "accepted", "closed"));
        Assert.Equal([0, 0, 0, 7_000_000, 0], Fields(hello, tick, "accept_ns", "read_ns", "carry_out_ns", "write_ns", "reap_ns"));
        Assert.Equal(bob.ReadBytes().Length, WatcherFixture.Field(hello, tick, "bytes_out"));
        Assert.Equal(0, WatcherFixture.Field(hello, tick, "for_watchers"));
        Assert.Equal(tick.ToString(), report.GetProperty("longest").ToString());
    }

    [Fact]
    public void Ticks_thatAreMany_areSummedAndTheLongestIsKept()
    {
        var alice = Loop.Connect();
        var watcher = _bench.Watch();
        var hello = WatcherFixture.Read(watcher)[0];
        (alice.Time, alice.SendMs) = (Loop.Time, 3);
        alice.Type("/ping\n");
        Loop.Tick();
        alice.SendMs = 0;
        for (var i = 0; i < TickRecorder.MaxTicks * 2; i++)
        {
            alice.Type("/ping\n");
            Loop.Tick();
        }

        _bench.PassPeriod();
        var report = Assert.Single(WatcherFixture.Read(watcher));
        Assert.Equal(TickRecorder.MaxTicks, report.GetProperty("ticks").GetArrayLength());
        Assert.True(report.GetProperty("count").GetInt32() > TickRecorder.MaxTicks * 2);
        Assert.Equal(3_000_000, WatcherFixture.Field(hello, report.GetProperty("longest"), "write_ns"));
        Assert.Equal((TickRecorder.MaxTicks * 2) + 1, WatcherFixture.Field(hello, report.GetProperty("sums"), "frames"));
        var numbers = report.GetProperty("ticks").EnumerateArray().Select(tick => WatcherFixture.Field(hello, tick, "number")).ToList();
        Assert.Equal(Enumerable.Range(0, TickRecorder.MaxTicks).Select(i => numbers[0] + i), numbers);
    }

    [Fact]
    public void Watcher_thatDoesNotRead_getsNoSecondReport()
    {
        var watcher = _bench.Watch();
        watcher.ReadBytes();
        watcher.Window = 10;
        for (var i = 0; i < 50; i++)
        {
            _bench.PassPeriod();
        }

        watcher.Window = long.MaxValue;
        _bench.PassPeriod();
        Assert.InRange(WatcherFixture.Read(watcher).Count, 1, 2);
        _bench.PassPeriod();
        Assert.Single(WatcherFixture.Read(watcher));
    }

    [Fact]
    public void Client_thatIsSlow_isShownWithItsOutboxAndWhyItWaits()
    {
        var (alice, bob) = (Loop.Connect(), Loop.Connect());
        bob.Window = 0;
        alice.Type($"{new string('x', 4_000)}\n");
        Loop.Tick();
        var watcher = _bench.Watch();
        WatcherFixture.Read(watcher);
        _bench.PassPeriod();
        var report = Assert.Single(WatcherFixture.Read(watcher));
        var clients = report.GetProperty("clients").EnumerateArray().Select(Describe).ToList();
        Assert.Equal(3, report.GetProperty("connections").GetInt32());
        Assert.Matches("^1 line guest-2 40[0-9]{2} 1$", clients[0]);
        Assert.Equal(["0 line guest-1 0 0", "2 loop  0 0"], clients[1..]);
    }

    [Fact]
    public void Report_underAnyLoad_fitsItsLimit()
    {
        var clients = Loop.Connect(LoopReport.MaxClients + 50, LoopFixture.Line);
        var watcher = _bench.Watch();
        WatcherFixture.Read(watcher);
        clients.ForEach(static client => client.Window = 0);
        for (var i = 0; i < clients.Count; i++)
        {
            clients[i].Type($"/nick {new string('n', 20)}{i}\n{new string('x', 100)}\n");
            Loop.Tick();
        }

        _bench.PassPeriod();
        var report = Assert.Single(WatcherFixture.Read(watcher));
        Assert.Equal(LoopReport.MaxClients, report.GetProperty("clients").GetArrayLength());
        Assert.InRange(report.GetRawText().Length, 1, LoopReport.MaxBytes);
    }

    [Fact]
    public void Watchers_onceAllAreGone_leaveNoTimerAndNoRecord()
    {
        var alice = Loop.Connect();
        var (first, second) = (_bench.Watch(), _bench.Watch());
        first.PeerHasClosed = true;
        second.IsBroken = true;
        Assert.True(Loop.RunFor(5_000));
        Assert.Equal(0, Loop.Watch.Count);
        var ticks = Loop.Hub.Metrics.Ticks.Value;
        Assert.True(Loop.RunFor(10_000));
        Assert.InRange(Loop.Hub.Metrics.Ticks.Value - ticks, 0, 2);
        Assert.False(alice.IsClosed);
    }

    [Fact]
    public void Watcher_thatIsOneTooMany_isClosed()
    {
        var watchers = Enumerable.Range(0, LoopWatch.MaxWatchers + 1).Select(_ => _bench.Watch()).ToList();
        Assert.Equal(LoopWatch.MaxWatchers, Loop.Watch.Count);
        Loop.RunFor(2_000);
        Assert.True(watchers[^1].IsClosed);
        Assert.All(watchers[..^1], watcher => Assert.False(watcher.IsClosed));
    }

    [Fact]
    public void Watcher_thatSaysSomething_isClosed()
    {
        var watcher = _bench.Watch();
        watcher.Type([0x81, 0x82, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        Loop.RunFor(2_000);
        Assert.True(watcher.IsClosed);
        Assert.Equal(0, Loop.Watch.Count);
    }

    [Fact]
    public void Server_thatStops_saysGoodbyeToItsWatchers()
    {
        var watcher = _bench.Watch();
        Loop.Loop.RequestStop();
        Assert.False(Loop.RunFor(5_000));
        Assert.True(watcher.IsClosed);
    }

    private static long[] Fields(JsonElement hello, JsonElement tick, params string[] names) =>
        [.. names.Select(name => WatcherFixture.Field(hello, tick, name))];

    private static string Describe(JsonElement client) => string.Join(' ', client.EnumerateArray());
}
