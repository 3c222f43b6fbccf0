using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>The times, the budget and the long answers of an IRC client.</summary>
public sealed class IrcProtocolHandlerTests
{
    private const int LoginMs = 30_000;

    [Fact]
    public void Client_thatDoesNotLogIn_isLetGo()
    {
        var bench = new ProtocolConnectionFixture();
        var talk = bench.Start(new IrcProtocol());
        talk.Say("NICK ann\r\n");
        bench.Advance(LoginMs - 1);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.None, talk.Client.Ending);

        bench.Advance(1);
        talk.Client.OnDeadline();

        Assert.Equal(CloseReason.LoginTimeout, talk.Client.Ending);
        Assert.Equal("ERROR :Closing link: you did not log in\r\n", talk.Read());
    }

    // modern.ircdocs.horse, "RPL_ISUPPORT": at most 13 tokens a line, each told once.
    [Fact]
    public void Supported_isToldInLinesOfAtMostThirteen()
    {
        var talk = new ProtocolConnectionFixture().Start(new IrcProtocol());
        talk.Say("NICK ann\r\nUSER u 0 * :u\r\n");
        var lines = talk.Read().Split("\r\n").Where(line => line.StartsWith(":muxchat.local 005 ann ", StringComparison.Ordinal)).ToList();
        var tokens = lines.ConvertAll(
            line => line[":muxchat.local 005 ann ".Length..line.IndexOf(" :", 1, StringComparison.Ordinal)].Split(' '));
        Assert.All(tokens, line => Assert.InRange(line.Length, 1, 13));
        var names = tokens.SelectMany(line => line).Select(token => token.Split('=')[0]).ToList();
        Assert.Distinct(names);
        HashSet<string> wanted =
        [
            "NETWORK", "CASEMAPPING", "CHANTYPES", "CHANMODES", "PREFIX", "STATUSMSG", "NICKLEN", "CHANNELLEN", "TOPICLEN",
            "KICKLEN", "AWAYLEN",
            "MODES", "MAXLIST", "TARGMAX", "EXCEPTS", "INVEX", "ELIST", "MONITOR", "WHOX", "UTF8ONLY", "BOT",
        ];
        Assert.Subset(names.ToHashSet(), wanted);
        HashSet<string> valued = ["CHANLIMIT=#:20", "SAFELIST", "USERLEN=10", "HOSTLEN=15", "ELIST=CMNTU", "EXTBAN=,m"];
        Assert.Subset(tokens.SelectMany(line => line).ToHashSet(), valued);
    }

    [Fact]
    public void Client_thatIsSilent_isPingedAndThenLetGo()
    {
        var bench = new ProtocolConnectionFixture();
        var talk = bench.Start(new IrcProtocol());
        talk.Say("NICK ann\r\nUSER u 0 * :u\r\n");
        talk.Read();
        bench.Advance(bench.Context.Limits.IdlePingMs);
        talk.Client.OnDeadline();
        Assert.Equal("PING :muxchat.local\r\n", talk.Read());

        bench.Advance(bench.Context.Limits.IdleCloseMs - bench.Context.Limits.IdlePingMs);
        talk.Client.OnDeadline();

        Assert.Equal(CloseReason.IdleTimeout, talk.Client.Ending);
        Assert.Equal("ERROR :Closing link: no answer to a ping\r\n", talk.Read());
    }

    [Theory]
    [InlineData("PING ", 1)]
    [InlineData("PONG x\r\nPING ", 1)]
    [InlineData("PING ", 500)]
    public void PingsAndPongs_costAsMuchAsAnythingElse(string command, int tokenBytes)
    {
        var lines = command + new string('x', tokenBytes);
        const int Burst = 6;
        var bench = new ProtocolConnectionFixture(new ClientLimits { FloodBurst = Burst, FloodPerSecond = 1 });
        var talk = LogIn(bench);

        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(string.Concat(Enumerable.Repeat(lines + "\r\n", 50))));

        var answers = talk.ReadLines();
        Assert.Equal(Burst / lines.Split('\n').Length, answers.Length);
        Assert.All(answers, static line => Assert.InRange(line.Length + 1, 1, 512));
    }

    // A client that comes back enters its rooms and asks for each what it missed: 80 commands, four times the burst.
    [Fact]
    public void Client_thatComesBackToTwentyRooms_isNotHeldBack()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { FloodPerSecond = 1 });
        var talk = LogIn(bench, "CAP REQ :batch server-time message-tags draft/chathistory\r\nCAP END\r\n");
        talk.Feed(string.Concat(Enumerable.Range(0, 20).Select(static i =>
            $"JOIN #r{i}\r\nCHATHISTORY LATEST #r{i} * 50\r\nMODE #r{i}\r\nWHO #r{i}\r\n")) + "PING done\r\n");

        Assert.EndsWith("PONG muxchat.local :done\r\n", TakeAll(bench, talk), StringComparison.Ordinal);
        Assert.InRange(bench.Clock.NowMs, 0, 500);
    }

    // What is said to others is not paid from there, nor are changes; and it is spent once.
    [Theory]
    [InlineData("PRIVMSG #a :x", 10)]
    [InlineData("MODE #a +m", 10)]
    [InlineData("MODE #a +o ann", 10)]
    [InlineData("PART #a\r\nNOTICE #a :x", 5)]
    [InlineData("MODE #a", 60)]
    [InlineData("WHO #a", 60)]
    public void LoginBudget_isForWhatLoggingInNeeds_andSpentOnce(string line, int taken)
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { FloodBurst = 10, FloodPerSecond = 1, LoginBudget = 58 });
        var talk = LogIn(bench);
        talk.Say("JOIN #a\r\n");
        TakeAll(bench, talk);
        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(string.Concat(Enumerable.Repeat(line + "\r\n", 100))));
        while (talk.Resume() == FeedStatus.FloodPaused && talk.Client.FloodResumeMs <= bench.Clock.NowMs + 1)
        {
            bench.Advance(1);
        }

        // Two for the nick and the user, five for the room.
        var left = talk.PendingBytes / (line.Length + 2);
        Assert.InRange(100 - left, taken - 1, taken + 1);
    }

    [Fact]
    public void Join_ofARoomOneIsIn_isFree()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { FloodPerSecond = 1, LoginBudget = 0 });
        var talk = LogIn(bench);
        talk.Say("JOIN #a\r\n");
        talk.Read();
        bench.Advance(60_000);
        Assert.Equal(FeedStatus.NeedMore, talk.Feed(string.Concat(Enumerable.Repeat("JOIN #a\r\n", 100)) + "PING done\r\n"));
        Assert.Equal(":muxchat.local PONG muxchat.local :done\r\n", talk.Read());

        // For nothing it costs so little, and not nothing: whoever sends it without end is held back as well.
        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(string.Concat(Enumerable.Repeat("JOIN #a\r\n", 1_000))));
    }

    [Fact]
    public void LongAnswer_waitsForItsReader()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false, OutputPauseBytes = 2_000 });
        for (var i = 0; i < 300; i++)
        {
            bench.Start(bench.Line);
        }

        var talk = bench.Start(new IrcProtocol());
        talk.Say("NICK ann\r\nUSER u 0 * :u\r\n");
        talk.Read();
        var text = "";
        var max = 0L;
        var status = talk.Feed("WHO #lobby\r\nPING behind\r\n");
        while (status != FeedStatus.NeedMore)
        {
            max = Math.Max(max, talk.Recipient.Outbox.QueuedBytes);
            text += talk.Read();
            bench.Advance(1);
            status = talk.Resume();
        }

        text += talk.Read();
        var lines = text.Split("\r\n");
        Assert.Equal(300, lines.Count(line => line.Contains(" 352 ", StringComparison.Ordinal)));
        Assert.Equal(":muxchat.local PONG muxchat.local :behind", lines[^2]);
        Assert.InRange(max, 2_000, 6_000);
    }

    [Theory]
    [InlineData("server-time message-tags")]
    [InlineData("server-time message-tags batch")]
    public void Replay_ofTheLongestNames_fitsTheSegments(string caps)
    {
        // Each line is several on IRC, and each of those names the room.
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        var room = "#" + string.Concat(Enumerable.Repeat("\U0001F600", 63));
        var speaker = bench.StartLine();
        speaker.Say($"/nick {new string('n', 30)}\n/join {room}\n");
        for (var i = 0; i < 20; i++)
        {
            speaker.Say($"/me {string.Concat(Enumerable.Repeat("\U0001F600", 1020))}\n");
            TakeAll(bench, speaker);
        }

        var talk = bench.Start(new IrcProtocol());
        talk.Say($"CAP REQ :{caps}\r\nNICK ann\r\nUSER u 0 * :u\r\nCAP END\r\nJOIN {room}\r\n");
        var text = TakeAll(bench, talk);

        Assert.Equal(20, text.Split("msgid=").Length - 2);
        Assert.Equal(20 * 1020,
            text.Split("\r\n").Where(static line => line.Contains("@history ", StringComparison.Ordinal))
                .Sum(static line => line[line.LastIndexOf(':')..].Count(char.IsHighSurrogate)));
    }

    [Fact]
    public void List_thatFindsNothing_letsOthersHaveTheirTurn()
    {
        const int RoomsEach = 20;
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        for (var i = 0; i < 100; i++)
        {
            var visitor = bench.Start(bench.Line);
            visitor.Say(string.Concat(Enumerable.Range(0, RoomsEach - 1).Select(room => $"/join r{i}-{room}\n")));
            TakeAll(bench, visitor);
        }

        var talk = bench.Start(new IrcProtocol());
        talk.Say("NICK ann\r\nUSER u 0 * :u\r\n");
        talk.Read();
        Assert.Equal(FeedStatus.FloodPaused, talk.Feed("LIST nothing\r\n"));
        Assert.Equal(bench.Clock.NowMs + 1, talk.Client.FloodResumeMs);

        Assert.EndsWith(":muxchat.local 323 ann :End of /LIST\r\n", TakeAll(bench, talk), StringComparison.Ordinal);
    }

    // Sixteen parts in a millisecond, of whatever answers: each LIST here takes some, and without that all ran in one go.
    [Fact]
    public void Lists_severalAtOnce_takeTurnsWithOthers()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        var talk = bench.Start(new IrcProtocol());
        talk.Say("NICK ann\r\nUSER u 0 * :u\r\n");
        talk.Read();
        bench.Advance(1);

        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(string.Concat(Enumerable.Repeat("LIST *?????x!\r\n", 20))));

        Assert.Equal(16, talk.ReadLines().Count(static line => line.Contains(" 323 ", StringComparison.Ordinal)));
        Assert.Equal(4, TakeAll(bench, talk).Split(" 323 ").Length - 1);
    }

    private static ProtocolConnectionFixture.Talk LogIn(ProtocolConnectionFixture bench, string before = "")
    {
        var talk = bench.Start(new IrcProtocol());
        talk.Say($"{before}NICK ann\r\nUSER u 0 * :u\r\n");
        TakeAll(bench, talk);
        return talk;
    }

    private static string TakeAll(ProtocolConnectionFixture bench, ProtocolConnectionFixture.Talk talk)
    {
        var text = talk.Read();
        while (talk.Resume() != FeedStatus.NeedMore)
        {
            text += talk.Read();
            bench.Advance(1);
        }

        return text + talk.Read();
    }
}
