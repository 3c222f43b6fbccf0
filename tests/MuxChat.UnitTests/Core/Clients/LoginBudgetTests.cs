using MuxChat.Core.Clients;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>
/// What a client on lines or frames asks that comes back is paid from a budget that it has once; what others are told is not. IRC's are
/// in IrcProtocolHandlerTests.
/// </summary>
public sealed class LoginBudgetTests
{
    private const int Burst = 10;
    private const int Login = 58;

    [Theory]
    [InlineData("/who", Burst + Login)]
    [InlineData("/history", Burst + Login)]
    [InlineData("/join lobby", Burst + Login)]
    [InlineData("/mode", Burst + Login)]
    [InlineData("/topic", Burst + Login)]
    [InlineData("hello", Burst)]
    [InlineData("/topic tea", Burst)]
    [InlineData("/ping", Burst)]
    public void Lines_ofOneWhoComesBack_arePaidOnceFromTheBudget(string line, int taken)
    {
        var bench = Bench();
        var talk = bench.StartLine();
        bench.Advance(1);
        talk.Feed(string.Concat(Enumerable.Repeat(line + "\n", 100)));
        GoOn(bench, talk);
        Assert.Equal(taken, 100 - (talk.PendingBytes / (line.Length + 1)));
    }

    [Theory]
    [InlineData("""{"type":"who"}""", Burst + Login)]
    [InlineData("""{"type":"history","after":0}""", Burst + Login)]
    [InlineData("""{"type":"resume","room":"#lobby","epoch":1,"after":0}""", Burst + Login)]
    [InlineData("""{"type":"say","text":"hello"}""", Burst)]
    [InlineData("""{"type":"stats"}""", Burst)]
    public void Frames_ofOneWhoComesBack_arePaidOnceFromTheBudget(string json, int taken)
    {
        const int Prefix = 4;
        var bench = Bench();
        var talk = bench.StartFrame();
        bench.Advance(1);
        for (var i = 0; i < 100; i++)
        {
            talk.SayFrame(json);
            GoOn(bench, talk);
        }

        Assert.Equal(taken, 100 - (talk.PendingBytes / (Prefix + json.Length)));
    }

    private static ProtocolConnectionFixture Bench() =>
        new(new ClientLimits { FloodBurst = Burst, FloodPerSecond = 1, LoginBudget = Login });

    // The parts of long answers take turns with others.
    private static void GoOn(ProtocolConnectionFixture bench, ProtocolConnectionFixture.Talk talk)
    {
        talk.Read();
        while (talk.Resume() == FeedStatus.FloodPaused && talk.Client.FloodResumeMs <= bench.Clock.NowMs + 1)
        {
            talk.Read();
            bench.Advance(1);
        }
    }
}
