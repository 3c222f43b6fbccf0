using System.Buffers.Binary;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.UnitTests.Core.Chat;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>What clients are answered in each protocol of commands, byte by byte.</summary>
public sealed class QueryAnswersTests
{
    private static readonly Room[] TwoRooms = [Samples.Room, Samples.Made("#b", 0)];
    private static readonly MaskEntry[] OneMask = [new("m!*@*"u8.ToArray(), "alice"u8.ToArray(), Samples.UnixMs)];
    private static readonly MetricSet Figures = Samples.Figures(static number => number == 5 ? 5999 : number);

    private readonly IQueryAnswers _line = new LineProtocol().Answers;
    private readonly IQueryAnswers _json = new JsonProtocol().Answers;

    public static TheoryData<string, string, string> Answers => new()
    {
        {
            "rooms", "* #r\u00f6om 3\n* #b 0\n* rooms: 7\n",
            """{"type":"rooms","rooms":[{"room":"#röom","members":3},{"room":"#b","members":0}],"total":7,"more":false}"""
        },
        {
            "who", "* in #r\u00f6om: n0 n1 n2\n* members of #r\u00f6om: 7\n",
            """{"type":"who","room":"#röom","members":["n0","n1","n2"],"total":7,"more":false}"""
        },
        { "modes", "* modes of #r\u00f6om: +Cn\n", """{"type":"modes","room":"#röom","modes":"+Cn"}""" },
        {
            "masks", "* +b m!*@* by alice\n* masks of #r\u00f6om, mode b: 1\n",
            """{"type":"masks","room":"#röom","list":"b","masks":[{"mask":"m!*@*","by":"alice"}]}"""
        },
        { "pong", "* pong\n", """{"type":"pong","token":""}""" },
        { "pong t", "* pong t 1\n", """{"type":"pong","token":"t 1"}""" },
        {
            "stats",
            "* clients 1, rooms 2\n* lines in 3, delivered 4\n* uptime 5 s, io epoll\n* ticks 6, longest tick 7 us\n"
                + "* allocated 8 bytes, collections 9\n* datagrams in 10, dropped 11\n",
            """{"type":"stats","clients":1,"rooms":2,"lines_in":3,"lines_delivered":4,"uptime_ms":5999,"io":"epoll","""
                + """ "ticks":6,"longest_tick_us":7,"allocated_bytes":8,"collections":9,"datagrams_in":10,"datagrams_dropped":11}""".TrimStart()
        },
        {
            "help join", "* /join ROOM [KEY]  joins a room, or switches to one you are in\n",
            """{"type":"help","commands":[{"type":"join","fields":"room, key","summary":"joins a room, or switches to one you are in"}]}"""
        },
        {
            "help /JOIN", "* /join ROOM [KEY]  joins a room, or switches to one you are in\n",
            """{"type":"help","commands":[{"type":"join","fields":"room, key","summary":"joins a room, or switches to one you are in"}]}"""
        },
        { "password", "* This server needs a password: /pass PASSWORD\n", """{"type":"password"}""" },
        { "no password", "* no password is needed\n", "" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_inEachProtocol_isThis(string query, string line, string json)
    {
        Assert.Equal(line, Bytes.Utf8(Answer(_line, query)));
        Assert.Equal(json, BodyOf(Answer(_json, query)));
    }

    [Fact]
    public void Lists_withMoreToCome_showNoTotalOnLines()
    {
        Assert.Equal("* #r\u00f6om 3\n* #b 0\n", Bytes.Utf8(_line.Rooms(TwoRooms, 7, hasMore: true)));
        Assert.Equal("* in #r\u00f6om: n0 n1 n2\n", Bytes.Utf8(_line.Members(Samples.Room, Samples.Room.Members, 7, hasMore: true)));
        Assert.EndsWith("\"more\":true}", BodyOf(_json.Rooms(TwoRooms, 7, hasMore: true)), StringComparison.Ordinal);
        var members = BodyOf(_json.Members(Samples.Room, Samples.Room.Members, 7, hasMore: true));
        Assert.EndsWith("\"more\":true}", members, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_long_areBrokenIntoLines()
    {
        var room = Samples.Made("#big", members: 0);
        for (var i = 0; i < 200; i++)
        {
            room.Enter(new Membership(new Session(new RecordingRecipient(), Bytes.Utf8($"{new string('x', 26)}{i:D4}")).Person, room));
        }

        var lines = Bytes.Utf8(_line.Members(room, room.Members, 200, hasMore: false)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, static line => Assert.InRange(line.Length, 1, 450));
        Assert.Equal("* members of #big: 200", lines[^1]);
        var names = lines[..^1].SelectMany(static line => line["* in #big: ".Length..].Split(' '));
        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"{new string('x', 26)}{i:D4}"), names);
    }

    [Fact]
    public void Help_withoutTopic_listsEveryCommandThatLinesHave()
    {
        var help = Bytes.Utf8(_line.Help(default));
        foreach (var command in CommandTable.All.Where(static command => command.LineSyntax.Length > 0))
        {
            var names = string.Concat(command.OtherNames.Select(static name => $"; also /{name}"));
            Assert.Contains($"* {Bytes.Utf8(command.LineSyntax)}  {Bytes.Utf8(command.Summary)}{names}\n", help, StringComparison.Ordinal);
        }

        Assert.Contains("\n* /part [ROOM]  leaves a room; also /leave\n", help, StringComparison.Ordinal);
        Assert.Contains("\n* /ban [#ROOM] [MASK]  bans a nick or a mask, or lists the bans; short for /mode +b\n", help,
            StringComparison.Ordinal);

        Assert.Contains("* //text", help, StringComparison.Ordinal);
        Assert.DoesNotContain("*   ", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_onModes_namesEachAndHasExamples()
    {
        var help = Bytes.Utf8(_line.Help("mode"u8));
        Assert.All("+b MASK,+e MASK,+I MASK,+i,+k KEY,+l N,+m,+n,+s,+t,+C,+o NICK,+v NICK".Split(','), mode => Assert.Contains(
            $" {mode} ", help, StringComparison.Ordinal));
        Assert.All(["/mode +b bob ", "/mode +k sesame ", "/mode +i "], example => Assert.Contains(
            example, help, StringComparison.Ordinal));
        Assert.All(help.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line =>
        {
            Assert.StartsWith("* ", line, StringComparison.Ordinal);
            Assert.InRange(line.Length, 1, 140);
        });
    }

    [Fact]
    public void WhoIs_inEachProtocol_isThis()
    {
        var person = new Session(new RecordingRecipient(), "bob"u8.ToArray(), identity:
            new Identity("bo"u8.ToArray(), "h0st"u8.ToArray(), "Bob B."u8.ToArray())).Person;
        (person.IsOperator, person.IsBot, person.Away) = (true, true, "at lunch"u8.ToArray());
        var facts = new PersonFacts(person, [Ranked(person, MemberRank.Operator), Ranked(person, MemberRank.None)], 3725, Samples.UnixMs);
        Assert.Equal(
            "* bob is bo@h0st (Bob B.)\n* bob is in: @#r\u00f6om #r\u00f6om\n* bob is away: at lunch\n* bob is a server operator\n"
                + "* bob is a bot\n* bob has been idle for 1 h 2 min, and here since 2026-11-21 10:00:00\n",
            Bytes.Utf8(_line.WhoIs(facts)));
        Assert.Equal(
            """{"type":"whois","nick":"bob","user":"bo","host":"h0st","name":"Bob B.","rooms":[{"room":"#röom","rank":"operator"},"""
                + """{"room":"#röom"}],"away":"at lunch","operator":true,"bot":true,"idle_s":3725,"since":"2026-11-21T10:00:00.007Z"}""",
            BodyOf(_json.WhoIs(facts)));
        (person.IsOperator, person.IsBot, person.Away) = (false, false, null);
        Assert.Equal("* bob is bo@h0st (Bob B.)\n* bob has been idle for 0 s, and here since 2026-11-21 10:00:00\n",
            Bytes.Utf8(_line.WhoIs(facts with { Rooms = [], IdleS = 0 })));
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min 0 s")]
    [InlineData(3599, "59 min 59 s")]
    [InlineData(3600, "1 h 0 min")]
    [InlineData(86399, "23 h 59 min")]
    [InlineData(86400, "1 d 0 h")]
    [InlineData(100_000_000, "1157 d 9 h")]
    public void Time_isShown_byItsTwoLargestUnits(long seconds, string shown) => Assert.Equal(shown, Metric.DescribeSeconds(seconds));

    private static Membership Ranked(Person person, MemberRank rank) => new(person, Samples.Room) { Rank = rank };

    // A part that does not fit throws where it is encoded.
    [Theory]
    [InlineData("x")]
    [InlineData("\u00e9")]
    [InlineData("\U0001F600")]
    [InlineData("\"")]
    public void LargestPart_ofEachAnswer_fits(string letter)
    {
        var limits = new ChatLimits();
        var room = Samples.Made(string.Concat("#", string.Concat(Enumerable.Repeat(letter, RoomName.MaxCharacters))), members: 0);
        var nick = Bytes.Utf8(new string('n', Nickname.MaxLength));
        for (var i = 0; i < limits.MembersPerPart; i++)
        {
            var person = new Session(new RecordingRecipient(), nick).Person;
            room.Enter(new Membership(person, room) { Rank = MemberRank.Operator | MemberRank.Voice });
        }

        Room[] rooms = [.. Enumerable.Repeat(room, limits.RoomsPerPart)];
        MaskEntry[] masks = [.. Enumerable.Range(0, MaskList.MaxEntries).Select(_ =>
            new MaskEntry(Bytes.Utf8(new string('"', UserMask.MaxBytes)), nick, Samples.UnixMs))];
        var figures = Samples.Figures(static _ => long.MaxValue);
        foreach (var answers in new IQueryAnswers[] { _line, _json })
        {
            Assert.NotEqual(0, answers.Rooms(rooms, int.MaxValue, hasMore: true).Length);
            Assert.NotEqual(0, answers.Members(room, room.Members, int.MaxValue, hasMore: true).Length);
            Assert.NotEqual(0, answers.Masks(room, 'b', masks).Length);
            Assert.NotEqual(0, answers.Modes(room, masks[0].Mask).Length);
            Assert.NotEqual(0, answers.Pong(Bytes.Utf8(new string('"', limits.PingTokenBytes))).Length);
            Assert.NotEqual(0, answers.Stats(figures).Length);
            Assert.NotEqual(0, answers.Help(default).Length);
        }
    }

    private static ReadOnlySpan<byte> Answer(IQueryAnswers answers, string query) => query switch
    {
        "rooms" => answers.Rooms(TwoRooms, 7, hasMore: false),
        "who" => answers.Members(Samples.Room, Samples.Room.Members, 7, hasMore: false),
        "modes" => answers.Modes(Samples.Room, "+Cn"u8),
        "masks" => answers.Masks(Samples.Room, 'b', OneMask),
        "pong" => answers.Pong(default),
        "pong t" => answers.Pong("t 1"u8),
        "stats" => answers.Stats(Figures),
        "help join" => answers.Help("join"u8),
        "help /JOIN" => answers.Help("/JOIN"u8),
        "password" => answers.PasswordWanted(),
        _ => answers.PasswordNotNeeded(),
    };

    private static string BodyOf(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty)
        {
            return "";
        }

        Assert.Equal(frame.Length - LengthHeader.BigEndian32.Bytes, BinaryPrimitives.ReadInt32BigEndian(frame));
        return Bytes.Utf8(frame[LengthHeader.BigEndian32.Bytes..]);
    }
}
