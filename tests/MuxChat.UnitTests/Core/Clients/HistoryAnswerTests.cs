using System.Text.Json.Nodes;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Line;
using MuxChat.UnitTests.Core.Protocols;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>
/// A room's past comes page by page, as the client reads it. Between two pages the chat goes on: others speak, the client is put out, the
/// room forgets.
/// </summary>
public sealed class HistoryAnswerTests
{
    // A page holds one line, and a client may have two of them waiting.
    private const int PageBytes = 200;
    private static readonly ClientLimits Slow = new() { Flood = false, OutputPauseBytes = 300 };
    private static readonly ChatLimits SmallPages = new() { HistoryPartBytes = PageBytes };

    private readonly ProtocolConnectionFixture _bench = new(Slow, chat: SmallPages);
    private readonly ProtocolConnectionFixture.Talk _alice;
    private readonly ProtocolConnectionFixture.Talk _robot;

    public HistoryAnswerTests()
    {
        _alice = _bench.StartLine();
        _alice.Say("/nick alice\n/join #tea\n");
        for (var i = 1; i <= 8; i++)
        {
            _alice.Say($"line {i}\n");
        }

        _alice.Read();
        _robot = _bench.StartFrame();
        _robot.SayFrame("""{"type":"nick","nick":"robot"}""");
        _robot.SayFrame("""{"type":"join","room":"#tea"}""");
        _robot.ReadFrames();
    }

    [Fact]
    public void Pages_comeAsTheClientReads_andTheAnswerAfterTheLast()
    {
        Ask();
        var first = _robot.ReadFrames();
        Assert.InRange(first.Length, 1, 4);
        Assert.All(first, static page => Assert.True((bool)page["more"]!));
        Assert.Equal(FeedStatus.OutputPaused, _robot.Feed(""));

        var rest = _robot.ReadAllFrames();
        Assert.Equal(("ok", 1), ((string?)rest[^1]["type"], (int)rest[^1]["id"]!));
        Assert.False((bool)rest[^2]["more"]!);
        Assert.Equal(Enumerable.Range(1, 10).Select(static seq => (long)seq), Numbers([.. first, .. rest]));
    }

    [Fact]
    public void WhatIsSaidBetweenPages_isHeardAtOnce_andIsOnNoPage()
    {
        Ask();
        var first = _robot.ReadFrames();
        _alice.Say("new\n");
        var rest = _robot.ReadAllFrames();
        Assert.Equal(11, (long)Assert.Single(rest, static frame => (string?)frame["type"] == "said")["seq"]!);
        Assert.Equal(Enumerable.Range(1, 10).Select(static seq => (long)seq), Numbers([.. first, .. rest]));
    }

    [Fact]
    public void WhatIsSaidBeforeTheFirstPage_isOnTheLast()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false }, chat: SmallPages);
        var alice = bench.StartLine();
        alice.Say("before\n");
        var robot = bench.StartFrame();
        for (var i = 0; i < 16; i++)
        {
            // So many parts of answers are all that a client gets in a millisecond.
            robot.SayFrame("""{"type":"who"}""");
        }

        robot.SayFrame("""{"type":"history","id":1}""");
        alice.Say("meanwhile\n");
        var frames = robot.ReadAllFrames();
        Assert.Equal(["before", null, "meanwhile"], Texts(frames)[^3..]);
        Assert.True(Array.FindIndex(frames, static frame => (string?)frame["type"] == "said")
            < Array.FindIndex(frames, static frame => (string?)frame["type"] == "history"));
    }

    [Fact]
    public void WhoIsPutOutBetweenPages_getsAnEmptyLastPage()
    {
        Ask();
        _robot.ReadFrames();
        _alice.Say("/kick robot\n");
        var rest = _robot.ReadAllFrames();
        Assert.Equal(["kicked", "history", "ok"], rest.Select(static frame => (string?)frame["type"]));
        Assert.Equal((0, false), (rest[1]["events"]!.AsArray().Count, (bool)rest[1]["more"]!));
    }

    [Fact]
    public void WhoIsPutOutAndComesBackBetweenPages_startsAnew()
    {
        Ask();
        _robot.ReadFrames();
        _alice.Say("/kick robot\n");
        _robot.SayFrame("""{"type":"join","room":"#tea","id":2}""");
        var rest = _robot.ReadAllFrames();
        Assert.Equal(["kicked", "history", "ok", "joined", "room", "ok"], rest.Select(static frame => (string?)frame["type"]));
    }

    [Fact]
    public void WhatTheRoomForgetsBetweenPages_isLeftOut()
    {
        var bench = new ProtocolConnectionFixture(Slow, chat: SmallPages with { History = 6 });
        var alice = bench.StartLine();
        alice.Say("1\n2\n3\n4\n5\n6\n");
        var robot = bench.StartFrame();
        robot.SayFrame("""{"type":"history","id":1}""");
        var first = robot.ReadFrames();
        alice.Say("7\n8\n9\n");
        var rest = robot.ReadAllFrames();
        var shown = Numbers([.. first, .. rest]);
        Assert.Equal(8, shown[^1]);
        Assert.Equal(shown.Distinct().Order(), shown);
        Assert.DoesNotContain(shown[Numbers(first).Length..], static seq => seq < 6);
    }

    [Fact]
    public void Replay_onLines_comesPageByPage_andTheNextCommandWaitsForIt()
    {
        var bob = _bench.StartLine();
        bob.Say("/join #tea\n/ping after\n");
        var first = bob.ReadLines();
        Assert.DoesNotContain("* pong after", first);
        var lines = new List<string>(first);
        while (bob.Resume() != FeedStatus.NeedMore)
        {
            lines.AddRange(bob.ReadLines());
        }

        lines.AddRange(bob.ReadLines());
        Assert.Equal(
            Enumerable.Range(1, 8).Select(static i => $"line {i}").Append("* pong after"),
            lines.Where(static line => line.Contains("line ", StringComparison.Ordinal) || line.Contains("pong", StringComparison.Ordinal))
                .Select(static line => line[(line.IndexOf('>', StringComparison.Ordinal) + 1)..].Trim()));
    }

    // Nobody asks a silent client for more, so that the lobby's past must be there when it is greeted.
    [Fact]
    public void Replay_onConnecting_isWholeBeforeTheClientSaysAnything()
    {
        var lobby = _bench.StartLine();
        lobby.Say(string.Concat(Enumerable.Range(1, 8).Select(static i => $"word {i}\n")));
        Assert.Equal(8, _bench.Start(_bench.Line).ReadLines().Count(static line => line.Contains("word ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Missed_ofManyPages_comesWholeBeforeTheClientEnters()
    {
        var back = _bench.StartFrame();
        back.SayFrame("""{"type":"join","room":"#tea"}""");
        var epoch = back.ReadFrames().Last(static frame => (string?)frame["type"] == "room")["epoch"]!.ToJsonString();
        back.Break();
        var robot = _bench.StartFrame();
        robot.SayFrame($$"""{"type":"resume","room":"#tea","epoch":{{epoch}},"after":0,"id":1}""");
        var frames = robot.ReadFrames().Select(static frame => (string?)frame["type"]).ToArray();
        Assert.Equal(["joined", "room", "ok"], frames[^3..]);
        Assert.True(frames[..^3].Length > 3 && frames[..^3].All(static type => type == "history"));
    }

    [Fact]
    public void MistakeInThePast_whileAClientComes_endsThatClient()
    {
        var client = new ProtocolConnection(_bench.Context, new Recipient(_bench.Broadcaster, owner: null));
        Assert.Throws<FaultException>(() => client.Begin(new NoPast()));
        client.Fail(number: 1);
        Assert.Contains("* guest-3 quit: internal error", _alice.ReadLines());
        Assert.Equal(2, _bench.Hub.FindRoom(_bench.Hub.FindPerson("alice"u8)!, "#lobby"u8)!.MemberCount);
    }

    [Fact]
    public void MistakeInThePast_whileAClientResumes_leavesNoRoomOpen()
    {
        var bench = new ProtocolConnectionFixture(Slow, chat: SmallPages with { Rooms = 2 });
        var alice = bench.StartLine();
        Assert.Throws<FaultException>(() => bench.Hub.Execute(bench.Hub.FindPerson("guest-1"u8)!,
            new Command
            {
                Kind = CommandKind.Resume,
                Room = "#new"u8,
                Epoch = 7,
                ShowMissed = static (_, _) => throw new FaultException(),
            }));
        Assert.Equal(1, bench.Hub.RoomCount);
        alice.Say("/join #tea\n");
        Assert.Contains("* you are in #tea (1 here), no topic", alice.ReadLines());
    }

    private void Ask() => _robot.SayFrame("""{"type":"history","room":"#tea","id":1}""");

    private static string?[] Texts(JsonObject[] frames) =>
    [
        .. frames.Where(static frame => (string?)frame["type"] == "history")
            .SelectMany(static page => page["events"]!.AsArray()).Select(static past => (string?)past!["text"]),
    ];

    private static long[] Numbers(JsonObject[] frames) =>
    [
        .. frames.Where(static frame => (string?)frame["type"] == "history")
            .SelectMany(static page => page["events"]!.AsArray()).Select(static past => (long)past!["seq"]!),
    ];

    /// <summary>Lines, with a mistake where the past is written.</summary>
    private sealed class NoPast : ICommandProtocol, IQueryAnswers
    {
        private readonly LineProtocol _line = new();

        public string Name => _line.Name;

        public bool PingsIdleClients => false;

        public bool ShowsSaidOnly => true;

        public string CommandMark => _line.Answers.CommandMark;

        public IFileAnswers Files => _line.Answers.Files;

        public IFraming Framing => _line.Framing;

        public IQueryAnswers Answers => this;

        public IWireFormat FormatFor(int rooms) => _line.FormatFor(rooms);

        public CommandResult Parse(Span<byte> frame, out Command command) => _line.Parse(frame, out command);

        public CommandResult Describe(DecodeStatus status) => _line.Describe(status);

        public ReadOnlySpan<byte> History(Room room, HistoryPage page, bool hasMore) => throw new FaultException();

        public ReadOnlySpan<byte> Gap(Room room, long after) => default;

        public ReadOnlySpan<byte> WhoIs(PersonFacts facts) => default;

        public ReadOnlySpan<byte> Rooms(ReadOnlySpan<Room> part, int total, bool hasMore) => default;

        public ReadOnlySpan<byte> Members(Room room, ReadOnlySpan<Membership> part, int total, bool hasMore) => default;

        public ReadOnlySpan<byte> Modes(Room room, ReadOnlySpan<byte> modes) => default;

        public ReadOnlySpan<byte> Masks(Room room, char letter, ReadOnlySpan<MaskEntry> masks) => default;

        public ReadOnlySpan<byte> Pong(ReadOnlySpan<byte> token) => default;

        public ReadOnlySpan<byte> Stats(MetricSet metrics) => default;

        public ReadOnlySpan<byte> Programs(IReadOnlyList<AllowedProgram> programs) => default;

        public IRunWriter BeginRun(IClientOutput output, string name, ReadOnlySpan<byte> id) => throw new FaultException();

        public ReadOnlySpan<byte> Help(ReadOnlySpan<byte> topic) => default;

        public ReadOnlySpan<byte> PasswordWanted() => default;

        public ReadOnlySpan<byte> PasswordNotNeeded() => default;
    }
}
