using MuxChat.Core.Clients;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>WHO with a mask: it ends at 500 persons, others have their turn meanwhile, and it has its price.</summary>
public sealed class IrcWhoTests
{
    private const int Max = IrcWho.MaxMatches;

    [Theory]
    [InlineData(Max - 1, "WHO *", false)]
    [InlineData(Max, "WHO *", true)]
    [InlineData(Max, "WHO * %n", true)]
    [InlineData(Max, "WHO nobody*", false)]
    public void Matches_aboveTheLimit_areNotShown(int others, string asked, bool isCut)
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        for (var i = 0; i < others; i++)
        {
            bench.StartLine();
        }

        var talk = LogIn(bench);
        talk.Say(asked + "\r\n");
        var lines = Rest(bench, talk);
        Assert.Equal(asked.Contains("nobody", StringComparison.Ordinal) ? 0 : Max,
            lines.Count(static line => Is(line, 352) || Is(line, 354)));
        Assert.Equal(isCut ? 1 : 0, lines.Count(static line => line == $":muxchat.local 416 ann WHO :Too many matches: {Max} are shown\r"));
        Assert.Equal($":muxchat.local 315 ann {asked.Split(' ')[1]} :End of WHO list\r", lines[^1]);
    }

    [Fact]
    public void Persons_whoComeAndGoMeanwhile_hideNobodyWhoStays()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        var others = Enumerable.Range(0, 400).Select(_ => bench.StartLine()).ToArray();
        var talk = LogIn(bench);
        var lines = new List<string>();
        var status = talk.Feed("WHO guest-*\r\n");
        for (var i = 0; status != FeedStatus.NeedMore; i += 7)
        {
            lines.AddRange(talk.ReadLines());
            others[i % 100].Break();
            bench.StartLine();
            bench.Advance(1);
            status = talk.Resume();
        }

        lines.AddRange(talk.ReadLines());
        Assert.All(Enumerable.Range(101, 300),
            i => Assert.Contains(lines, line => line.Contains($" guest-{i} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Mask_isPaidForFromTheFloodBudget_andARoomIsNot()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { FloodBurst = 10, FloodPerSecond = 1 });
        var talk = LogIn(bench);
        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(string.Concat(Enumerable.Repeat("WHO #none\r\n", 20))
            + string.Concat(Enumerable.Repeat("WHO none*\r\n", 3))));
        Assert.Equal(22, talk.ReadLines().Count(static line => Is(line, 315)));
    }

    private static bool Is(string line, int numeric) => line.StartsWith($":muxchat.local {numeric} ", StringComparison.Ordinal);

    private static ProtocolConnectionFixture.Talk LogIn(ProtocolConnectionFixture bench)
    {
        var talk = bench.Start(new IrcProtocol());
        talk.Say("NICK ann\r\nUSER u 0 * :u\r\n");
        talk.Read();
        return talk;
    }

    private static List<string> Rest(ProtocolConnectionFixture bench, ProtocolConnectionFixture.Talk talk)
    {
        List<string> lines = [.. talk.ReadLines()];
        do
        {
            bench.Advance(1);
        }
        while (Resume() != FeedStatus.NeedMore);
        return lines;

        FeedStatus Resume()
        {
            var status = talk.Resume();
            lines.AddRange(talk.ReadLines());
            return status;
        }
    }
}
