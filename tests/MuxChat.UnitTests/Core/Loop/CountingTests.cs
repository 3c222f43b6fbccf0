using System.Text.RegularExpressions;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Core.Metrics;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>What the event loop counts for those who watch it.</summary>
public sealed class CountingTests
{
    [Fact]
    public void Connections_thatComeAndGo_areCountedByReason()
    {
        var bench = new LoopFixture(limits: new LoopLimits { Clients = 3 });
        var (quits, leaves, breaks) = (bench.Connect(), bench.Connect(LoopFixture.Frame), bench.Connect(LoopFixture.Auto));
        bench.Network.Knock(LoopFixture.Line);
        bench.Tick();
        var counted = bench.Hub.Metrics.Connections;
        Assert.Equal((3, 1, 1), (counted.Accepted.Value, counted.Refused["server_full"], counted.Refused.Value));
        bench.Hub.Metrics.Refresh();
        Assert.Equal((1, 1, 1, 3),
            (counted.Clients["line"], counted.Clients["frame"], counted.Clients["unknown"], counted.Clients.Value));

        quits.Type("/quit\n");
        leaves.PeerHasClosed = true;
        breaks.IsBroken = true;
        quits.PeerHasClosed = true;
        Assert.True(bench.RunFor(2_000));
        Assert.Equal((1, 1, 1, 3), (counted.Disconnects["quit"], counted.Disconnects["end_of_input"], counted.Disconnects["reset"],
            counted.Disconnects.Value));
        bench.Hub.Metrics.Refresh();
        Assert.Equal((0, 3, 0), (counted.Clients.Value, counted.Accepted.Value, counted.SlowConsumers.Value));
    }

    [Fact]
    public void Bytes_ofAClient_areCountedBothWays()
    {
        var bench = new LoopFixture();
        var alice = bench.Connect();
        var counted = bench.Hub.Metrics.Connections;
        var (sent, received, frames) = (counted.BytesSent.Value, counted.BytesReceived.Value, counted.Frames.Value);
        Assert.True(sent > 0);
        alice.Type("one\ntw");
        alice.Type("o\n\n");
        bench.Tick(2);
        Assert.Equal(("one\ntwo\n\n".Length, 3), (counted.BytesReceived.Value - received, counted.Frames.Value - frames));
        Assert.Equal(alice.ReadBytes().Length, counted.BytesSent.Value - sent);
        Assert.Equal((0, 0), (received, frames));
    }

    [Fact]
    public void SlowClient_untilItIsCut_isCountedAsWaitingWithItsBytes()
    {
        var rule = new SlowConsumerRule { HardBytes = 10_000, SoftBytes = 5_000 };
        var bench = new LoopFixture(limits: new LoopLimits { SlowConsumer = rule });
        var (speaker, slow) = (bench.Connect(), bench.Connect());
        slow.Window = 0;
        speaker.Type($"{new string('x', 4_000)}\n");
        bench.Tick();
        var metrics = bench.Hub.Metrics;
        metrics.Refresh();
        Assert.Equal((1, 0), (metrics.Connections.Waiting["slow"], metrics.Connections.SlowConsumers.Value));
        Assert.InRange(metrics.Connections.OutboxBytes.Value, 4_000, 4_100);
        speaker.Type($"{new string('x', 4_000)}\n");
        speaker.Type($"{new string('x', 4_000)}\n");
        bench.Tick(2);
        metrics.Refresh();
        Assert.True(slow.IsClosed);
        Assert.Equal((0, 1, 1, 0), (metrics.Connections.Waiting["slow"], metrics.Connections.SlowConsumers.Value,
            metrics.Connections.Disconnects["slow_consumer"], metrics.Connections.OutboxBytes.Value));
    }

    [Fact]
    public void Client_thatFloods_isCountedAsPausedUntilItMayGoOn()
    {
        var bench = new LoopFixture(new ClientLimits { FloodBurst = 2, FloodPerSecond = 10 });
        var alice = bench.Connect();
        alice.Type("1\n2\n3\n");
        bench.Tick();
        var counted = bench.Hub.Metrics.Connections;
        bench.Hub.Metrics.Refresh();
        Assert.Equal((1, 1), (counted.Waiting["flood"], counted.FloodPauses.Value));
        Assert.True(bench.RunFor(1_000));
        bench.Hub.Metrics.Refresh();
        Assert.Equal((0, 3), (counted.Waiting.Value, counted.Frames.Value));
    }

    [Fact]
    public void Resumes_ofRooms_areCountedByOutcome()
    {
        var bench = new LoopFixture();
        var alice = bench.Network.Knock(LoopFixture.Frame);
        bench.Tick();
        var epoch = Regex.Match(alice.ReadText(), "\"epoch\":([0-9]+)").Groups[1].Value;
        alice.Type(Bytes.Frame($$"""{"type":"resume","room":"#lobby","epoch":{{epoch}},"after":1}"""));
        alice.Type(Bytes.Frame("""{"type":"resume","room":"#lobby","epoch":99,"after":1}"""));
        alice.Type(Bytes.Frame("""{"type":"resume","room":"#lobby"}"""));
        bench.Tick(3);
        var resumes = bench.Hub.Metrics.Resumes;
        Assert.Equal((1, 1, 1, 3), (resumes[ResumeOutcomes.Resumed], resumes[ResumeOutcomes.Gap], resumes[ResumeOutcomes.Refused],
            resumes.Value));
    }

    [Fact]
    public void Ticks_byTheirTimes_areInTheHistograms()
    {
        var bench = new LoopFixture();
        var slowToWrite = bench.Connect();
        var metrics = bench.Hub.Metrics;
        var (work, ticks) = (metrics.TickWork.SumUs, metrics.TickWork.Value);
        slowToWrite.Time = bench.Time;
        slowToWrite.SendMs = 3;
        slowToWrite.Type("/ping\n");
        bench.Tick();
        Assert.Equal((1, 3_000), (metrics.TickWork.Value - ticks, metrics.TickWork.SumUs - work));
        Assert.Equal(metrics.Ticks.Value, metrics.TickWait.Value);
    }
}
