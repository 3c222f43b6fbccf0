using System.Runtime.CompilerServices;
using MuxChat.Core.Buffers;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

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
        speaker.ReadBytes();
        large.Window = 0;
        small.Window = 0;
        Say(bench, speaker, 13, "/msg guest-3 ");
        Say(bench, speaker, 10, "/msg guest-2 ");
        Assert.Equal(Recount(bench.Loop), BacklogOf(bench).Bytes);
        Assert.False(small.IsClosed || large.IsClosed);
        Say(bench, speaker, 4, "/msg guest-2 ");
        Assert.True(large.IsClosed);
        Assert.False(small.IsClosed || healthy.IsClosed);
        Assert.InRange(BacklogOf(bench).Bytes, 1, 100_000);
        Assert.Contains("closed guest-3 OutputCap, 3", bench.Observer.Log);
        Assert.Contains(
            "* guest-3 quit: slow consumer, with the server's output at its limit\n", healthy.ReadText(), StringComparison.Ordinal);
        small.Window = long.MaxValue;
        bench.Tick(3);
        Assert.Equal((0, 0), (BacklogOf(bench).Bytes, BacklogOf(bench).Count));
    }

    // 40 lines of 4,011 bytes are 160,440, however many have not read them.
    [Fact]
    public void BytesThatManyHaveNotRead_countOnce()
    {
        var bench = new LoopFixture(limits: new LoopLimits { QueuedBytes = 200_000 });
        var speaker = bench.Connect();
        var stalled = bench.Connect(30, LoopFixture.Line);
        stalled.ForEach(static one => one.Window = 0);
        Say(bench, speaker, 40);
        Assert.DoesNotContain(stalled, static one => one.IsClosed);
        Assert.Equal(Recount(bench.Loop), BacklogOf(bench).Bytes);
        Assert.InRange(BacklogOf(bench).Bytes, 30 * 40 * LineBytes, long.MaxValue);

        // What all of them hold is given back when the last of them is gone, and not before.
        Say(bench, speaker, 12);
        Assert.All(stalled, static one => Assert.True(one.IsClosed));
        Assert.Equal((0, 0), (BacklogOf(bench).Bytes, BacklogOf(bench).Count));
        Assert.InRange(bench.Pool.Lent, 0, 8);
    }

    [Fact]
    public void ClientThatHoldsBytesOfItsOwn_isClosedBeforeThoseThatShareMore()
    {
        var bench = new LoopFixture(limits: new LoopLimits { QueuedBytes = 200_000 });
        var speaker = bench.Connect();
        var stalled = bench.Connect(30, LoopFixture.Line);
        stalled.ForEach(static one => one.Window = 0);
        Say(bench, speaker, 30);
        Say(bench, speaker, 21, "/msg guest-2 ");
        Assert.True(stalled[0].IsClosed);
        Assert.Equal(29, stalled.Count(static one => !one.IsClosed));
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
        const int Cap = 60_000;
        var random = new Random(Seed);
        var bench = new LoopFixture(limits: new LoopLimits { QueuedBytes = Cap, WriteBytesPerTick = 10_000 });
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
            if (step % 10 == 0)
            {
                Assert.True(RecountOnce(bench.Loop) <= Cap + (Cap / 64), $"seed {Seed}, step {step}");
            }

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

    private static void Say(LoopFixture bench, FakeChannel speaker, int lines, string before = "")
    {
        for (var i = 0; i < lines; i++)
        {
            speaker.Type(before + new string('x', LineBytes) + "\n");
            bench.Tick();
        }
    }

    // What all outboxes hold: those of clients that keep up are empty between two ticks.
    private static long Recount(EventLoop loop)
    {
        var table = TableOf(loop);
        return Enumerable.Range(0, table.Places).Sum(place => table[place]?.Client.Recipient.Outbox.QueuedBytes ?? 0);
    }

    // The same, byte for byte, those that are queued for several once.
    private static long RecountOnce(EventLoop loop)
    {
        var table = TableOf(loop);
        var queued = new Dictionary<Segment, System.Collections.BitArray>();
        var slices = new List<Slice>();
        for (var place = 0; place < table.Places; place++)
        {
            table[place]?.Client.Recipient.Outbox.CopyTo(slices);
        }

        foreach (var slice in slices)
        {
            if (!queued.TryGetValue(slice.Segment, out var bytes))
            {
                queued.Add(slice.Segment, bytes = new System.Collections.BitArray(Segment.SizeBytes));
            }

            for (var i = 0; i < slice.Length; i++)
            {
                bytes[slice.Start + i] = true;
            }
        }

        return queued.Values.Sum(static bytes => bytes.Cast<bool>().Count(static bit => bit));
    }

    private static Backlog BacklogOf(LoopFixture bench) => ContextOf(bench.Loop).Flusher.Backlog;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_table")]
    private static extern ref ConnectionTable TableOf(EventLoop loop);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_loop")]
    private static extern ref LoopContext ContextOf(EventLoop loop);
}
