using System.Runtime.CompilerServices;
using MuxChat.Core.Reactor;

namespace MuxChat.UnitTests.Core.Reactor;

/// <summary>What is queued for all that do not keep up is counted, and when it is too much the one with the most goes first.</summary>
public sealed class OutputCapTests
{
    private const int LineBytes = 4000;

    [Fact]
    public void CapPassed_theLargestIsClosedFirstAndTheOthersStay()
    {
        var bench = new LoopFixture(limits: new LoopLimits { QueuedBytes = 100_000 });
        var speaker = bench.Connect();
        var (small, large, healthy) = (bench.Connect(), bench.Connect(), bench.Connect());
        speaker.TakeBytes();
        large.Window = 0;
        Say(bench, speaker, 5);
        small.Window = 0;
        Say(bench, speaker, 9);
        Assert.Equal(Recount(bench.Loop), BacklogOf(bench).Bytes);
        Assert.False(small.IsClosed || large.IsClosed);
        Say(bench, speaker, 4);
        Assert.True(large.IsClosed);
        Assert.False(small.IsClosed || healthy.IsClosed);
        Assert.InRange(BacklogOf(bench).Bytes, 1, 100_000);
        Assert.Contains("closed guest-3 OutputCap, 3", bench.Observer.Log);
        Assert.Contains("* guest-3 quit: slow consumer, and the server's output is full\n", healthy.TakeText(), StringComparison.Ordinal);
        small.Window = long.MaxValue;
        bench.Tick(3);
        Assert.Equal((0, 0), (BacklogOf(bench).Bytes, BacklogOf(bench).Count));
    }

    [Fact]
    public void CapPassedByMany_asManyAreClosedAsItTakes()
    {
        var bench = new LoopFixture(limits: new LoopLimits { QueuedBytes = 200_000 });
        var speaker = bench.Connect();
        var stalled = bench.Connect(30, LoopFixture.Line);
        stalled.ForEach(static one => one.Window = 0);
        for (var i = 0; i < 40; i++)
        {
            Say(bench, speaker, 1);
            Assert.InRange(BacklogOf(bench).Bytes, 0, 200_000);
            Assert.Equal(Recount(bench.Loop), BacklogOf(bench).Bytes);
        }

        // 40 lines of 4,011 bytes are 160,440: only one of them fits.
        Assert.Equal(29, stalled.Count(static one => one.IsClosed));
        Assert.InRange(bench.Pool.Lent, 0, 8);
    }

    [Fact]
    public void ClientsThatKeepUp_doNotCount()
    {
        var bench = new LoopFixture(limits: new LoopLimits { QueuedBytes = 1 });
        var speaker = bench.Connect();
        bench.Connect(20, LoopFixture.Line);
        for (var i = 0; i < 50; i++)
        {
            Say(bench, speaker, 1);
            Assert.Equal((0, 0), (BacklogOf(bench).Bytes, BacklogOf(bench).Count));
        }

        Assert.Equal(21, bench.Loop.ConnectionCount);
    }

    [Fact]
    public void AnyTraffic_isCountedAsARecountFindsIt()
    {
        const int Seed = 99;
        var random = new Random(Seed);
        var bench = new LoopFixture(limits: new LoopLimits { QueuedBytes = 300_000, WriteBytesPerTick = 10_000 });
        var clients = bench.Connect(20, LoopFixture.Line);
        for (var step = 0; step < 1500; step++)
        {
            var client = clients[random.Next(clients.Count)];
            switch (random.Next(8))
            {
                case 0:
                    client.Window = 0;
                    break;
                case 1:
                    client.Window = random.Next(20_000);
                    break;
                case 2:
                    client.Window = long.MaxValue;
                    break;
                case 3 when random.Next(10) == 0:
                    client.IsBroken = true;
                    break;
                case 4 when random.Next(10) == 0:
                    client.PeerHasClosed = true;
                    break;
                case 5 when random.Next(5) == 0:
                    client.Type("/quit\n");
                    break;
                default:
                    client.Type(new string('x', random.Next(1, LineBytes)) + "\n");
                    break;
            }

            bench.Tick();
            Assert.True(Recount(bench.Loop) == BacklogOf(bench).Bytes, $"seed {Seed}, step {step}");
            Assert.True(BacklogOf(bench).Bytes <= 300_000, $"seed {Seed}, step {step}");
            clients.RemoveAll(static one => one.IsClosed);
            while (clients.Count < 20)
            {
                clients.Add(bench.Connect());
            }
        }

        Assert.Contains(bench.Observer.Log, line => line.Contains("OutputCap", StringComparison.Ordinal));
        clients.ForEach(static one => one.Window = long.MaxValue);
        Assert.True(bench.RunFor(10_000));
        Assert.Equal((0, 0), (BacklogOf(bench).Bytes, BacklogOf(bench).Count));
    }

    private static void Say(LoopFixture bench, FakeChannel speaker, int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            speaker.Type(new string('x', LineBytes) + "\n");
            bench.Tick();
        }
    }

    // What all outboxes hold: those of clients that keep up are empty between two ticks.
    private static long Recount(EventLoop loop)
    {
        var table = TableOf(loop);
        return Enumerable.Range(0, table.Places).Sum(place => table[place]?.Conversation.Recipient.Outbox.QueuedBytes ?? 0);
    }

    private static Backlog BacklogOf(LoopFixture bench) => ContextOf(bench.Loop).Backlog;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_table")]
    private static extern ref ConnectionTable TableOf(EventLoop loop);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_loop")]
    private static extern ref LoopContext ContextOf(EventLoop loop);
}
