using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

public sealed class SlowClientTests
{
    private const int LineBytes = 4000;

    private readonly LoopFixture _bench = new();

    [Fact]
    public void ClientThatIsCut_whileItsHeldBackLinesAreCarriedOut_isNotHeardAgain()
    {
        var rule = new SlowConsumerRule { HardBytes = 1_000, SoftBytes = 900 };
        var talking = new ClientLimits { FloodBurst = 2, FloodPerSecond = 10, FlushFirstBytes = 1, OutputPauseBytes = 100_000 };
        var bench = new LoopFixture(talking, new LoopLimits { SlowConsumer = rule });
        var (alice, bob) = (bench.Connect(), bench.Connect());
        bob.Window = 0;
        var ping = $"/ping {new string('x', 250)}\n";
        bob.Type($"one\ntwo\n{ping}{ping}{ping}{ping}{ping}three\n");
        Assert.True(bench.RunFor(50));
        alice.ReadText();

        // The time is enough for all of it, and the answers are more than he may leave unread.
        bench.Time.AdvanceMs(1_000);
        Assert.True(bench.RunFor(500));
        Assert.True(bob.IsClosed);
        Assert.Equal("* guest-2 quit: slow consumer\n", alice.ReadText());
    }

    [Fact]
    public void StalledReader_beyondOneMebibyte_isCutAndTheOthersGetEverything()
    {
        var speaker = _bench.Connect();
        var stalled = _bench.Connect();
        var others = _bench.Connect(10, LoopFixture.Line);
        speaker.ReadBytes();
        stalled.ReadBytes();
        stalled.Window = 10_000;
        var lines = 0;
        while (!stalled.IsClosed && lines < 1000)
        {
            Say(speaker, lines++);
            _bench.Tick();
        }

        // 1 MiB, and the 10,000 bytes that it took: 265 lines of 4,011 bytes.
        Assert.Equal(((1024 * 1024) + 10_000 + 4011) / 4011, lines);
        Say(speaker, lines++);
        _bench.Tick();
        var expected = string.Concat(Enumerable.Range(0, lines).Select(Line));
        var cut = expected.IndexOf(Line(lines - 1), StringComparison.Ordinal);
        var heardByOthers = expected[..cut] + "* guest-2 quit: slow consumer\n" + Line(lines - 1);
        Assert.All(others, other => Assert.Equal(heardByOthers, other.ReadText()));
        Assert.Equal(expected[..10_000], stalled.ReadText());
        Assert.Equal("* guest-2 quit: slow consumer\n", speaker.ReadText());
        Assert.Contains("closed guest-2 SlowConsumer, 11", _bench.Observer.Log);
        Assert.InRange(_bench.Pool.Lent, 0, 2);
    }

    [Fact]
    public void SlowReader_overTheSoftMarkForTenSeconds_isCut()
    {
        var (speaker, slow) = (_bench.Connect(), _bench.Connect());
        slow.Window = 0;
        for (var i = 0; i < 70; i++)
        {
            Say(speaker, i);
        }

        Assert.True(_bench.RunFor(9_999));
        Assert.False(slow.IsClosed);
        Assert.Equal("", speaker.ReadText()["* guest-2 joined #lobby\n".Length..]);
        Assert.True(_bench.RunFor(1));
        Assert.True(slow.IsClosed);
        Assert.Equal("* guest-2 quit: slow consumer\n", speaker.ReadText());
    }

    [Fact]
    public void SlowReader_thatComesBelowTheSoftMark_stays()
    {
        var (speaker, slow) = (_bench.Connect(), _bench.Connect());
        slow.Window = 0;
        for (var i = 0; i < 70; i++)
        {
            Say(speaker, i);
        }

        Assert.True(_bench.RunFor(9_000));
        slow.Window = 20_000;
        Assert.True(_bench.RunFor(0));
        slow.Window = 0;
        Assert.True(_bench.RunFor(100_000));
        Assert.False(slow.IsClosed);
        slow.Window = long.MaxValue;
        Assert.True(_bench.RunFor(0));
        Assert.Equal(string.Concat(Enumerable.Range(0, 70).Select(Line)), slow.ReadText());
    }

    [Fact]
    public void SlowReader_belowTheSoftMark_mayTakeAllItsTime()
    {
        var (speaker, slow) = (_bench.Connect(), _bench.Connect());
        slow.Window = 0;
        for (var i = 0; i < 60; i++)
        {
            Say(speaker, i);
        }

        Assert.True(_bench.RunFor(3_600_000));
        Assert.False(slow.IsClosed);
    }

    [Fact]
    public void StalledReader_ofSmallPiecesOfManySegments_doesNotHoldThemAll()
    {
        // Its own few lines lie between everybody else's many: each in another segment.
        var bench = new LoopFixture();
        var (speaker, stalled, other) = (bench.Connect(), bench.Connect(), bench.Connect());
        speaker.Type("/join big\n");
        other.Type("/join big\n");
        bench.Tick();
        other.Type("/part lobby\n");
        bench.Tick();
        stalled.Window = 0;
        for (var i = 0; i < 400; i++)
        {
            for (var n = 0; n < 17; n++)
            {
                Say(speaker, n);
            }

            speaker.Type("/join lobby\nsmall\n/join big\n");
            bench.Tick(20);
        }

        Assert.InRange(bench.Pool.Lent, 100, 260);
        stalled.ReadBytes();
        stalled.Window = long.MaxValue;
        Assert.True(bench.RunFor(0));
        var heard = stalled.ReadText();
        Assert.Equal(400, heard.Split("<guest-1> small\n").Length - 1);
        Assert.InRange(bench.Pool.Lent, 0, 2);
    }

    private static void Say(FakeChannel speaker, int number) => speaker.Type(Text(number) + "\n");

    private static string Line(int number) => $"<guest-1> {Text(number)}\n";

    private static string Text(int number) => $"{number:D5}".PadRight(LineBytes, 'x');
}
