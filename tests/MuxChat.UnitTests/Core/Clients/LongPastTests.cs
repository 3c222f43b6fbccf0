using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>
/// A room may remember a million events of which few were said. What a client asks for is looked for among the nearest of them, however
/// many there are.
/// </summary>
public sealed class LongPastTests
{
    private const string Said = "long ago";

    private readonly ProtocolConnectionFixture _bench = new(new ClientLimits { Flood = false },
        chat: new ChatLimits { History = 1_000_000 });
    private readonly ProtocolConnectionFixture.Talk _alice;

    public LongPastTests()
    {
        _alice = _bench.StartLine();
        _alice.Say("/join #quiet\n");
    }

    [Theory]
    [InlineData(HistoryRange.MaxLookedThrough - 1, true)]
    [InlineData(HistoryRange.MaxLookedThrough, false)]
    public void History_looksThroughTheLastEvents(int others, bool isShown)
    {
        Fill(others);
        _alice.Say("/history 5\n");
        Assert.Equal(isShown, _alice.Read().Contains(Said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HistoryRange.MaxLookedThrough - 2, true)]
    [InlineData(HistoryRange.MaxLookedThrough, false)]
    public void Newcomer_isShownWhatWasSaidAmongTheLastEvents(int others, bool isShown)
    {
        Fill(others);
        var line = _bench.StartLine();
        line.Say("/join #quiet\n");
        Assert.Equal(isShown, line.Read().Contains(Said, StringComparison.Ordinal));
        var irc = StartIrc("");
        irc.Say("JOIN #quiet\r\n");
        Assert.Equal(isShown, irc.Read().Contains(Said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("LATEST #quiet *", HistoryRange.MaxLookedThrough - 2, true)]
    [InlineData("LATEST #quiet *", HistoryRange.MaxLookedThrough, false)]
    [InlineData("BEFORE #quiet timestamp=2100-01-01T00:00:00.000Z", HistoryRange.MaxLookedThrough, false)]
    [InlineData("AFTER #quiet timestamp=1970-01-01T00:00:00.000Z", HistoryRange.MaxLookedThrough, true)]
    public void ChatHistory_looksThroughTheNearestEvents(string asked, int others, bool isShown)
    {
        Fill(others);
        var irc = StartIrc("batch draft/chathistory");
        irc.Say("JOIN #quiet\r\n");
        irc.Read();
        Assert.Equal(isShown, Ask(irc, asked).Contains(Said, StringComparison.Ordinal));
    }

    [Fact]
    public void ChatHistory_forth_looksThroughTheNearestEvents()
    {
        var irc = StartIrc("batch draft/chathistory");
        irc.Say("JOIN #quiet\r\n");
        Topics(HistoryRange.MaxLookedThrough);
        Fill(0);
        irc.Read();
        Assert.DoesNotContain(Said, Ask(irc, "AFTER #quiet timestamp=1970-01-01T00:00:00.000Z"), StringComparison.Ordinal);
        Assert.Contains(Said, Ask(irc, "LATEST #quiet *"), StringComparison.Ordinal);
    }

    private ProtocolConnectionFixture.Talk StartIrc(string caps)
    {
        var irc = _bench.Start(_bench.Irc);
        irc.Say($"CAP REQ :{caps}\r\nNICK ann\r\nUSER u 0 * :u\r\nCAP END\r\n");
        irc.Read();
        return irc;
    }

    private string Ask(ProtocolConnectionFixture.Talk irc, string asked)
    {
        irc.Say($"CHATHISTORY {asked} 10\r\n");
        var answer = irc.Read();
        while (!answer.Contains("BATCH -", StringComparison.Ordinal))
        {
            _bench.Advance(1);
            irc.Resume();
            answer += irc.Read();
        }

        return answer;
    }

    private void Fill(int others)
    {
        _alice.Say(Said + "\n");
        Topics(others);
    }

    private void Topics(int count)
    {
        const int AtOnce = 100;
        for (var left = count; left > 0; left -= AtOnce)
        {
            _alice.Say(string.Concat(Enumerable.Repeat("/topic x\n", Math.Min(left, AtOnce))));
            _alice.Read();
        }
    }
}
