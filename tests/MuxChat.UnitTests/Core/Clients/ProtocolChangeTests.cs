using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols.Json;
using MuxChat.UnitTests.Core.Buffers;
using MuxChat.UnitTests.Core.Chat.History;
using MuxChat.UnitTests.Core.Chat.Operators;
using MuxChat.UnitTests.Core.Framing;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>A client that speaks another protocol from one frame to the next, as its handler says.</summary>
public sealed class ProtocolChangeTests
{
    private const string Welcome = """{"type":"welcome","nick":"guest-2",""";

    private readonly FakeJournal _journal = new();
    private readonly ProtocolConnectionFixture _bench;
    private readonly TurningProtocol _upgrading;
    private readonly TurningProtocol _lines;
    private readonly TurningProtocol _frames;

    public ProtocolChangeTests()
    {
        _bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false }, _journal);
        _upgrading = new TurningProtocol(_bench.Line, isForNobody: true);
        _lines = new TurningProtocol(_bench.Line);
        _frames = new TurningProtocol(new JsonProtocol(framing: new ShortFraming()));
        foreach (var one in new[] { _upgrading, _lines, _frames })
        {
            one.Others.Add("lines", _lines);
            one.Others.Add("frames", _frames);
            one.Others.Add("irc", _bench.Irc);
        }
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(20)]
    [InlineData(1)]
    public void Bytes_afterTheUpgrade_areForTheNewDecoder(int pieceBytes)
    {
        var bob = _bench.StartLine();
        var client = _bench.Start(_upgrading);
        Feed(client, pieceBytes, [.. "first\nturn frames\n"u8, .. ShortFraming.FrameOf("""{"type":"say","text":"hi","id":1}""")]);
        Assert.Equal("* guest-2 joined #lobby\n<guest-2> hi\n", bob.Read());
        var sent = Take(client);
        Assert.Equal("done\ndone\n", Bytes.Utf8(sent.AsSpan(0, 10)));
        Assert.StartsWith(Welcome, ShortFraming.Split(sent.AsSpan(10))[0], StringComparison.Ordinal);
        Assert.Equal("turning-frame", client.Recipient.ProtocolName);
        Assert.Equal(0, client.PendingBytes);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public void Client_thatChangesTwice_isAGuestOfItsOwnEachTime(int pieceBytes)
    {
        var bob = _bench.StartLine();
        var client = _bench.Start(_lines);
        Feed(client, pieceBytes,
        [
            .. "one\nturn frames\n"u8, .. ShortFraming.FrameOf("""{"type":"say","text":"two"}"""),
            .. ShortFraming.FrameOf("""{"type":"say","text":"turn lines"}"""), .. "three\n"u8,
        ]);
        Assert.Equal(
            "* guest-2 joined #lobby\n<guest-2> one\n<guest-2> turn frames\n* guest-2 quit: switched to turning-frame\n"
                + "* guest-3 joined #lobby\n<guest-3> two\n<guest-3> turn lines\n* guest-3 quit: switched to turning-line\n"
                + "* guest-4 joined #lobby\n<guest-4> three\n",
            bob.Read());
        Assert.Equal(2, _bench.Hub.SessionCount);
    }

    [Fact]
    public void WhatTheRoomSaidBefore_isToldInTheOldProtocol()
    {
        var bob = _bench.StartLine();
        var client = _bench.Start(_lines);
        Take(client);
        bob.Say("before\n");
        client.Feed([.. "/ping answered\nturn frames\n"u8, .. ShortFraming.FrameOf("""{"type":"who"}""")]);
        bob.Say("after\n");
        var sent = Take(client);
        const string Before = "<guest-1> before\n* pong answered\n";
        Assert.Equal(Before, Bytes.Utf8(sent.AsSpan(0, Before.Length)));
        var types = ShortFraming.Split(sent.AsSpan(Before.Length)).Select(static json => json.Split('"')[3]);
        Assert.Equal(["welcome", "joined", "room", "who", "said"], types);
    }

    [Fact]
    public void AnswerThatWaitsForTheDisk_isGivenBeforeTheChange()
    {
        var client = _bench.Start(_frames);
        Take(client);
        var frames = (byte[])
        [
            .. ShortFraming.FrameOf("""{"type":"say","text":"one","id":1}"""),
            .. ShortFraming.FrameOf("""{"type":"say","text":"turn lines","id":2}"""), .. "/ping x\n"u8,
        ];
        Assert.Equal(FeedStatus.FloodPaused, client.Feed(frames));
        Assert.Equal((2, "turning-frame"), (client.Recipient.PendingAnswers, client.Recipient.ProtocolName));
        _bench.Advance(client.Client.FloodResumeMs - _bench.Clock.NowMs);
        Assert.Equal(FeedStatus.FloodPaused, client.Resume());
        Assert.Empty(Take(client));
        _bench.Context.Acknowledgements.Submit();
        _journal.Settle();
        _bench.Context.Acknowledgements.Collect();
        Assert.InRange(client.Client.FloodResumeMs, _bench.Clock.NowMs + 1, _bench.Clock.NowMs + 100);
        _bench.Advance(client.Client.FloodResumeMs - _bench.Clock.NowMs);
        Assert.Equal(FeedStatus.NeedMore, client.Resume());
        byte[] answers =
        [
            .. ShortFraming.FrameOf("""{"type":"ok","id":1,"seq":2}"""), .. ShortFraming.FrameOf("""{"type":"ok","id":2,"seq":3}"""),
        ];
        var sent = Take(client);
        Assert.Equal(answers, sent[..answers.Length]);
        var lines = Bytes.Utf8(sent.AsSpan(answers.Length)).Split('\n');
        Assert.StartsWith("* Welcome to MuxChat! You are guest-2,", lines[0], StringComparison.Ordinal);
        Assert.Equal("* pong x", lines[^2]);
    }

    [Fact]
    public void AnswerThatWaitsForTheWorker_isGivenBeforeTheChange()
    {
        var worker = new FakeWorker { IsSlow = true };
        _bench.Hub.Operators.Use(worker);
        var client = _bench.Start(_frames);
        Take(client);
        client.Feed(ShortFraming.FrameOf("""{"type":"oper","name":"root","password":"turn lines","id":1}"""));
        Assert.Equal(FeedStatus.OutputPaused, client.Resume());
        Assert.Empty(Take(client));
        worker.IsSlow = false;
        _bench.Hub.Operators.Collect();
        client.Resume();
        var answer = Assert.Single(ShortFraming.Split(TakeFrame(client)));
        Assert.StartsWith("""{"type":"error","id":1,"code":"bad_password",""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongOperatorPasswords_countAcrossChanges()
    {
        _bench.Hub.Operators.Use(new FakeWorker());
        var client = _bench.Start(_lines);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(CloseReason.None, client.Client.Ending);
            client.Feed("/oper root wrong\n");
            _bench.Hub.Operators.Collect();
            client.Feed("turn lines\n");
        }

        Assert.Equal(CloseReason.WrongPassword, client.Client.Ending);
    }

    [Fact]
    public void LongAnswer_endsBeforeTheChange()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false }, chat: new ChatLimits { MembersPerPart = 1 });
        var frames = new TurningProtocol(new JsonProtocol(framing: new ShortFraming())) { Others = { ["lines"] = bench.Line } };
        _ = (bench.StartLine(), bench.StartLine());
        var client = bench.Start(frames);
        client.Recipient.Outbox.ReadBytes();
        Assert.Equal(FeedStatus.NeedMore, client.Feed(ShortFraming.FrameOf("""{"type":"who","id":"turn lines"}""")));
        bench.Broadcaster.Distribute();
        var sent = client.Recipient.Outbox.ReadBytes();
        var end = sent.AsSpan().IndexOf("* Welcome"u8);
        var types = ShortFraming.Split(sent.AsSpan(0, end)).Select(static json => json.Split('"')[3]);
        Assert.Equal(["who", "who", "who", "ok"], types);
    }

    [Fact]
    public void ClientThatSaysGoodbye_doesNotChange()
    {
        var bob = _bench.StartLine();
        var client = _bench.Start(_lines);
        bob.Read();
        Assert.Equal(FeedStatus.Ended, client.Feed("/quit turn frames\nhello\n"));
        Assert.Equal("* guest-2 quit: Quit: turn frames\n", bob.Read());
        Assert.Equal(("turning-line", CloseReason.Quit), (client.Recipient.ProtocolName, client.Client.Ending));
    }

    [Fact]
    public void NewProtocol_looksAtItsOwnFirstBytesAndHasItsOwnTime()
    {
        var client = _bench.Start(_upgrading);
        _bench.Advance(4_999);
        client.Feed("turn irc\n");
        Assert.Equal(_bench.Clock.NowMs + 30_000, client.Client.NextDeadlineMs);
        client.Read();
        Assert.Equal(FeedStatus.Ended, client.Feed("GET / HTTP/1.1\r\n"));
        Assert.Equal(CloseReason.SpokeHttp, client.Client.Ending);
        Assert.Equal(0, _bench.Hub.SessionCount);
    }

    private static void Feed(ProtocolConnectionFixture.Talk client, int pieceBytes, byte[] bytes)
    {
        foreach (var piece in bytes.Chunk(pieceBytes))
        {
            client.Feed(piece);
        }
    }

    // The first message, of a stream whose rest is in another framing.
    private byte[] TakeFrame(ProtocolConnectionFixture.Talk client)
    {
        var sent = Take(client);
        return sent[..(2 + (sent[0] << 8) + sent[1])];
    }

    private byte[] Take(ProtocolConnectionFixture.Talk client)
    {
        _bench.Broadcaster.Distribute();
        return client.Recipient.Outbox.ReadBytes();
    }
}
