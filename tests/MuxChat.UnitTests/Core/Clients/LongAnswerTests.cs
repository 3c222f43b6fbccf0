using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols.Irc;
using MuxChat.UnitTests.Core.Chat;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>Long answers come in parts in every protocol, and what is answered is paid for by its size.</summary>
public sealed class LongAnswerTests
{
    // Parts that a client is given in one millisecond.
    private const int PartsAtOnce = 16;
    private const int Bans = 60;

    [Theory]
    [InlineData("/who\n", "* members of ")]
    [InlineData("/rooms\n", "* rooms: ")]
    [InlineData("/mode b\n", "* masks of ")]
    public void Lists_severalOnLines_takeTurnsWithOthers(string command, string end)
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        var talk = bench.StartLine();
        bench.Advance(1);

        Assert.Equal(FeedStatus.FloodPaused, talk.Feed(string.Concat(Enumerable.Repeat(command, 20)) + "/ping behind\n"));

        Assert.Equal((PartsAtOnce, bench.Clock.NowMs + 1), (talk.ReadLines()
            .Count(line => line.StartsWith(end, StringComparison.Ordinal)), talk.Client.FloodResumeMs));
        bench.Advance(1);
        Assert.Equal(FeedStatus.NeedMore, talk.Resume());
        var lines = talk.ReadLines();
        Assert.Equal((20 - PartsAtOnce, "* pong behind"), (lines.Count(line => line.StartsWith(end, StringComparison.Ordinal)), lines[^1]));
    }

    [Theory]
    [InlineData("""{"type":"who","id":7}""", "who")]
    [InlineData("""{"type":"rooms","id":7}""", "rooms")]
    [InlineData("""{"type":"mode","room":"#mine","modes":"bb","id":7}""", "masks")]
    public void Request_answeredByALongList_isDoneBehindItsLastPart(string request, string part)
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        for (var i = 0; i < 450; i++)
        {
            bench.Start(bench.Line).Say($"/join r{i}\n");
        }

        var robot = bench.StartFrame();
        robot.SayFrame("""{"type":"join","room":"#mine"}""");
        robot.ReadFrames();
        robot.SayFrame(request);

        var frames = new List<System.Text.Json.Nodes.JsonObject>();
        while (frames.Count == 0 || (string?)frames[^1]["type"] != "ok")
        {
            bench.Advance(1);
            robot.Resume();
            frames.AddRange(robot.ReadFrames());
        }

        Assert.All(frames[..^1], frame => Assert.Equal(part, (string?)frame["type"]));
        Assert.NotEmpty(frames[..^1]);
        Assert.Equal(7, (int)frames[^1]["id"]!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ListOfMasks_askedForAThousandTimesAtOnce_isGivenOnce(bool isIrc)
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        var owner = bench.StartLine();
        owner.Say("/join #mine\n");
        for (var i = 0; i < Bans; i++)
        {
            owner.Say($"/mode #mine +b {i}\n");
        }

        var talk = isIrc ? bench.Start(new IrcProtocol()) : bench.StartLine();
        talk.Say(isIrc ? "NICK ann\r\nUSER u 0 * :u\r\n" : "");
        talk.Read();
        talk.Say(isIrc ? $"MODE #mine {new string('b', 12)}\r\n" : $"/mode #mine +{new string('b', 4079)}\n");

        var text = "";
        while (talk.Recipient.Outbox.QueuedBytes > 0)
        {
            text += talk.Read();
            bench.Advance(1);
            talk.Resume();
        }

        var lines = text.Split('\n');
        Assert.Equal(Bans, lines.Count(line => line.Contains("!*@*", StringComparison.Ordinal)));
        Assert.Equal(1, lines.Count(line => line.Contains(isIrc ? " 368 ann #mine " : "* masks of #mine, mode b: 60",
            StringComparison.Ordinal)));
    }

    [Fact]
    public void Answer_ofManyBytes_costsMoreThanAShortOne()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { FloodBurst = 20, FloodPerSecond = 1, LoginBudget = 0 });
        var speaker = bench.StartLine();
        for (var i = 0; i < 20; i++)
        {
            speaker.Say(new string('x', 4000) + "\n");
        }

        var talk = bench.StartLine();
        bench.Advance(60_000);

        var lines = 0;
        var status = talk.Feed(string.Concat(Enumerable.Repeat("/history 20\n", 20)));
        while (status == FeedStatus.FlushFirst || talk.Client.FloodResumeMs <= bench.Clock.NowMs + 1)
        {
            lines += talk.ReadLines().Length;
            bench.Advance(1);
            status = talk.Resume();
        }

        // Each is one, and one more for every 64 KiB that it brings: ten lines of 4,000 bytes are all that one answer may hold.
        Assert.Equal(FeedStatus.FloodPaused, status);
        lines += talk.ReadLines().Length;
        Assert.InRange(lines / 10, 11, 14);
    }

    [Theory]
    [InlineData("""{"type":"history","room":"#lobby","after":0,"limit":100,"id":1}""", 11, 14)]
    [InlineData("""{"type":"resume","room":"#lobby","epoch":EPOCH,"after":0,"id":1}""", 7, 9)]
    public void Past_ofManyBytes_costsMoreOnFramesToo(string request, int min, int max)
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { FloodBurst = 20, FloodPerSecond = 1, LoginBudget = 0 });
        var robot = bench.Start(bench.Frame);
        var epoch = robot.ReadFrames().Single(static frame => (string?)frame["type"] == "room")["epoch"]!.ToJsonString();
        var speaker = bench.StartLine();
        for (var i = 0; i < 20; i++)
        {
            speaker.Say(new string('x', 4000) + "\n");
        }

        bench.Advance(60_000);
        robot.ReadFrames();
        var answers = 0;
        for (var i = 0; i < 20; i++)
        {
            if (request.Contains("resume", StringComparison.Ordinal))
            {
                robot.SayFrame("""{"type":"part","room":"#lobby"}""");
            }

            robot.SayFrame(request.Replace("EPOCH", epoch, StringComparison.Ordinal));
            bench.Advance(1);
            robot.Resume();
            answers += robot.ReadFrames().Count(static frame => (string?)frame["type"] == "ok");
        }

        // Each is one, and one more for every 64 KiB that it brings: ten texts of 4,000 bytes are all that one answer may hold. Who comes
        // back has left before, for one.
        Assert.InRange(answers, min, max);
    }

    [Fact]
    public void Rooms_ofManyRooms_costMore()
    {
        var bench = new HubFixture(new ChatLimits { RoomsPerClient = 6_000 });
        var alice = bench.Connect("alice");
        Assert.Equal(0, bench.Do(CommandKind.Rooms, alice).Price);
        for (var i = 0; i < 5_000; i++)
        {
            bench.Join(alice, $"#{i}");
        }

        Assert.Equal(2, bench.Do(CommandKind.Rooms, alice).Price);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(7_500, 3)]
    public void List_ofManyRooms_costsMoreOnIrcToo(int rooms, int answered)
    {
        var bench = new ProtocolConnectionFixture(
            new ClientLimits { FloodBurst = 20, FloodPerSecond = 1, LoginBudget = 0 },
            chat: new ChatLimits { RoomsPerClient = 10_000 });
        var owner = bench.Hub.Connect(bench.StartLine().Recipient);
        for (var i = 0; i < rooms; i++)
        {
            bench.Hub.Execute(owner, new Command { Kind = CommandKind.Join, Room = Bytes.Utf8($"#{i}") });
        }

        var talk = bench.Start(new IrcProtocol());
        talk.Say("NICK ann\r\nUSER u 0 * :u\r\n");
        bench.Advance(60_000);
        talk.Read();

        // The lists are empty: what they cost is the looking, which goes on in later ticks. In 500 ms the budget does not grow by one.
        talk.Say(string.Concat(Enumerable.Repeat("LIST nothing\r\n", 20)));
        var lines = new List<string>();
        for (var i = 0; i < 500; i++)
        {
            lines.AddRange(talk.ReadLines());
            bench.Advance(1);
            talk.Resume();
        }

        Assert.Equal(answered, lines.Count(static line => line.Contains(" 323 ", StringComparison.Ordinal)));
    }

    // What a list of all rooms shows is kept in order as people come and go.
    [Fact]
    public void Rooms_listedAfterComingsAndGoings_areLargestFirstAndThenByName()
    {
        var bench = new HubFixture(new ChatLimits { RoomsPerPart = 1_000 });
        var random = new Random(1);
        var sessions = Enumerable.Range(0, 30).Select(_ => bench.Connect()).ToList();
        for (var i = 0; i < 2_000; i++)
        {
            var (session, room) = (sessions[random.Next(30)], $"#r{random.Next(25)}");
            _ = random.Next(2) == 0 ? bench.Join(session, room) : bench.Part(session, room);
        }

        HubFixture.Take(sessions[0]);
        bench.Do(CommandKind.Rooms, sessions[0]);
        var expected = sessions.SelectMany(static session => session.Person.Memberships).Select(static one => Bytes.Utf8(one.Room.Name))
            .GroupBy(static name => name)
            .OrderByDescending(static room => room.Count()).ThenBy(static room => room.Key, StringComparer.Ordinal)
                .Select(static room => $"{room.Key}:{room.Count()}");
        Assert.Equal(string.Join(' ', expected), HubFixture.EventsOf(sessions[0])[^1].List);
    }
}
