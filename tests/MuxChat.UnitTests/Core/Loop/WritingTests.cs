using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

public sealed class WritingTests
{
    private readonly LoopFixture _bench = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Writes_thatFallShort_areResumedExactly(int maxSend)
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        bob.MaxSend = maxSend;
        var expected = "";
        for (var i = 0; i < 40; i++)
        {
            alice.Type($"line {i} {new string((char)('a' + (i % 26)), i * 3)}\n");
            expected += $"<guest-1> line {i} {new string((char)('a' + (i % 26)), i * 3)}\n";
            _bench.Tick();
        }

        Assert.True(_bench.RunFor(0));
        Assert.Equal(expected, bob.ReadText());
        Assert.Equal(Interest.Read, bob.Interest);
    }

    [Fact]
    public void WriteInterest_isThereOnlyWhileAWriteFellShort()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        alice.Type("one\n");
        _bench.Tick();
        Assert.Empty(bob.InterestsAsked);
        bob.Window = 5;
        alice.Type("two\n");
        _bench.Tick();
        Assert.Equal(Interest.Read | Interest.Write, bob.Interest);
        alice.Type("three\n");
        _bench.Tick();
        Assert.Equal([Interest.Read | Interest.Write], bob.InterestsAsked);
        bob.Window = long.MaxValue;
        _bench.Tick();
        Assert.Equal([Interest.Read | Interest.Write, Interest.Read], bob.InterestsAsked);
        Assert.Equal("<guest-1> one\n<guest-1> two\n<guest-1> three\n", bob.ReadText());
        Assert.Empty(alice.InterestsAsked);
    }

    [Fact]
    public void WriteThatFellShort_isNotTriedAgainBeforeTheChannelCanBeWritten()
    {
        var (alice, bob) = (_bench.Connect(), _bench.Connect());
        bob.Window = 0;
        var before = bob.Sends;
        for (var i = 0; i < 10; i++)
        {
            alice.Type("hello\n");
            _bench.Tick();
        }

        Assert.Equal(before + 1, bob.Sends);
        bob.Window = long.MaxValue;
        _bench.Tick();
        Assert.Equal(string.Concat(Enumerable.Repeat("<guest-1> hello\n", 10)), bob.ReadText());
    }

    [Fact]
    public void OneTick_oneWriteForEachMember()
    {
        var all = _bench.Connect(20, LoopFixture.Line);
        var before = all.Select(static channel => channel.Sends).ToArray();
        foreach (var channel in all)
        {
            channel.Type("a\nb\nc\n");
        }

        _bench.Tick();
        Assert.All(all.Zip(before), static pair => Assert.Equal(pair.Second + 1, pair.First.Sends));
        Assert.All(all, static channel => Assert.Equal(19 * 3, channel.ReadText().Count(static c => c == '\n')));
    }

    [Fact]
    public void Writing_muchToOne_isBoundedInATick()
    {
        var limits = new LoopLimits
        {
            WriteBytesPerTick = 1000,
            SlowConsumer = new SlowConsumerRule { HardBytes = 10_000_000, SoftBytes = 10_000_000 }
        };
        var bench = new LoopFixture(limits: limits);
        var (alice, bob) = (bench.Connect(), bench.Connect());
        bob.MaxSend = 500;
        bob.Window = 0;
        alice.Type(string.Concat(Enumerable.Repeat(new string('x', 999) + "\n", 10)));
        bench.Tick();
        bob.Window = long.MaxValue;
        bob.MaxSend = int.MaxValue;
        var sends = bob.Sends;
        bench.Tick();
        Assert.InRange(bob.Sends - sends, 1, 2);
        Assert.True(bench.RunFor(0));
        Assert.Equal(string.Concat(Enumerable.Repeat($"<guest-1> {new string('x', 999)}\n", 10)), bob.ReadText());
    }

    [Fact]
    public void ClientThatDoesNotRead_isNotReadFromUntilItDoes()
    {
        var bench = new LoopFixture(new ClientLimits { Flood = false, OutputPauseBytes = 10_000 });
        var client = bench.Connect();
        client.Window = 0;
        for (var i = 0; i < 10; i++)
        {
            client.Type(string.Concat(Enumerable.Range(0, 100).Select(n => $"/ping {(i * 100) + n} {new string('t', 100)}\n")));
        }

        bench.Tick(5);
        Assert.Equal(Interest.Write, client.Interest);
        Assert.InRange(client.BytesToRead, 1, 9 * 111 * 100);
        client.Window = long.MaxValue;
        Assert.True(bench.RunFor(0));
        Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(static n => $"* pong {n} {new string('t', 100)}\n")),
            client.ReadText());
        Assert.Equal((Interest.Read, 0), (client.Interest, bench.ReassemblyBytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void SendThatBreaks_inTheMiddleOfAFlush_takesNobodyElseWithIt(int afterBytes)
    {
        var all = _bench.Connect(30, LoopFixture.Line);
        var speaker = all[10];
        var broken = all[15];
        all.ForEach(static channel => channel.ReadBytes());
        broken.BreaksAfter = afterBytes;
        speaker.Type("hello\n");
        Assert.True(_bench.RunFor(10));
        Assert.True(broken.IsClosed);
        Assert.Equal("<guest-"[..afterBytes], broken.ReadText());
        Assert.All(all.Except([speaker, broken]), static channel =>
            Assert.Equal("<guest-11> hello\n* guest-16 quit: connection reset\n", channel.ReadText()));
        Assert.Equal("* guest-16 quit: connection reset\n", speaker.ReadText());
        Assert.Equal("closed guest-16 Reset, 29", _bench.Observer.Log[^1]);
    }

    [Fact]
    public void Breaking_ofMany_inOneTick_isToldInTheSameTick()
    {
        var all = _bench.Connect(60, LoopFixture.Line);
        foreach (var channel in all.Take(30))
        {
            channel.IsBroken = true;
        }

        all[40].Type("hello\n");
        _bench.Tick();
        Assert.All(all.Take(30), static channel => Assert.True(channel.IsClosed));
        var heard = all[59].ReadText();
        Assert.All(Enumerable.Range(1, 30), i => Assert.Contains($"* guest-{i} quit: connection reset\n", heard, StringComparison.Ordinal));
        Assert.Contains("<guest-41> hello\n", heard, StringComparison.Ordinal);
        Assert.Equal((30, 30), (_bench.Loop.ConnectionCount, _bench.Hub.SessionCount));
    }
}
