using System.Buffers.Binary;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols;
using static MuxChat.Testing.Clients.WebSocketFrames;
using Talk = MuxChat.UnitTests.Core.Clients.ProtocolConnectionFixture.Talk;

namespace MuxChat.UnitTests.Core.Protocols.Http;

public sealed class WebSocketHandlerTests
{
    private const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private readonly HttpFixture _bench = new();

    // The example of RFC 6455, section 1.3, with what Firefox sends as Connection.
    [Fact]
    public void Upgrade_is_answered_and_what_follows_it_is_heard()
    {
        var talk = _bench.Start();
        talk.Feed([.. Bytes.Latin(HttpFixture.Upgrade()), .. Of(Text, "NICK bob"u8), .. Of(Text, "USER b 0 * :b"u8), .. Of(Ping, "x"u8)]);
        var read = talk.ReadLatin();
        var end = read.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        Assert.Equal($"HTTP/1.1 101 Switching Protocols|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: {Accept}||",
            string.Join('|', read[..end].Split("\r\n").Where(static line => !line.StartsWith("Date", StringComparison.Ordinal))));
        var messages = MessagesOf(read[end..]);
        Assert.StartsWith("1:muxchat.local 001 bob ".Insert(1, ":"), messages[0], StringComparison.Ordinal);
        Assert.Equal("10:x", messages[^1]);
        Assert.All(messages, static message => Assert.DoesNotContain('\n', message));
    }

    [Theory]
    [InlineData("json.muxchat", "json.muxchat")]
    [InlineData("x, binary.ircv3.net, json.muxchat", "binary.ircv3.net")]
    [InlineData("x\r\nSec-WebSocket-Protocol: text.ircv3.net", "text.ircv3.net")]
    [InlineData("JSON.muxchat", null)]
    public void First_subprotocol_of_the_client_that_is_known_is_chosen(string asked, string? chosen)
    {
        var read = _bench.StartWebSocket(asked).ReadLatin();
        Assert.StartsWith("HTTP/1.1 101 ", read, StringComparison.Ordinal);
        Assert.Equal(chosen is not null, read.Contains($"\r\nSec-WebSocket-Protocol: {chosen}\r\n", StringComparison.Ordinal));
        Assert.Equal(chosen is not null, read.Contains("Sec-WebSocket-Protocol", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Upgrade: websocket", "Upgrade: h2c", 426)]
    [InlineData("keep-alive, Upgrade", "keep-alive", 426)]
    [InlineData("keep-alive, Upgrade", "x\r\nConnection: UPGRADE", 101)]
    [InlineData("Upgrade: websocket", "Upgrade: WebSocket", 101)]
    [InlineData("Version: 13", "Version: 8", 426)]
    [InlineData("Version: 13", "Version: 13\r\nSec-WebSocket-Version: 13", 426)]
    [InlineData("HTTP/1.1", "HTTP/1.0", 426)]
    [InlineData("GET", "HEAD", 426)]
    [InlineData("GET", "POST", 405)]
    [InlineData(HttpFixture.Key, "dGhlIHNhbXBsZSBub25jZQ=", 400)]
    [InlineData(HttpFixture.Key, "dGhlIHNhbXBsZSBub25jZT==", 400)]
    [InlineData(HttpFixture.Key, "dGhlIHNhbXBsZSBub2 jZQ==", 400)]
    [InlineData(HttpFixture.Key, "dGhlIHNhbXBsZSBub25jZSEh", 400)]
    [InlineData("Sec-WebSocket-Key", "X", 400)]
    [InlineData("\r\n\r\n", "\r\nOrigin: http://a:70\r\n\r\n", 101)]
    [InlineData("\r\n\r\n", "\r\nOrigin: https://A:70\r\n\r\n", 101)]
    [InlineData("\r\n\r\n", "\r\nOrigin: http://a\r\n\r\n", 403)]
    [InlineData("\r\n\r\n", "\r\nOrigin: http://a:71\r\n\r\n", 403)]
    [InlineData("\r\n\r\n", "\r\nOrigin: http://b:70\r\n\r\n", 403)]
    [InlineData("\r\n\r\n", "\r\nOrigin: null\r\n\r\n", 403)]
    [InlineData("\r\n\r\n", "\r\nOrigin:\r\n\r\n", 403)]
    [InlineData("\r\n\r\n", "\r\nOrigin: http://a:70\r\nOrigin: http://a:70\r\n\r\n", 403)]
    [InlineData("\r\n\r\n", "\r\nOrigin: https://chat.example\r\n\r\n", 101)]
    [InlineData("\r\n\r\n", "\r\nOrigin: http://chat.example\r\n\r\n", 403)]
    [InlineData("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n", 413)]
    public void Handshake_is_checked(string good, string other, int status)
    {
        var talk = _bench.Start();
        talk.Feed(HttpFixture.Upgrade().Replace(good, other, StringComparison.Ordinal));
        var read = talk.ReadLatin();
        Assert.StartsWith($"HTTP/1.1 {status} ", read, StringComparison.Ordinal);
        Assert.Equal(status == 426, read.Contains("\r\nSec-WebSocket-Version: 13\r\n", StringComparison.Ordinal));
        Assert.Equal(status is 101 or 405 ? CloseReason.None : CloseReason.HttpRefused, talk.Client.Ending);
    }

    [Theory]
    [InlineData("http://a", "a:80", true)]
    [InlineData("https://a:443", "a", true)]
    [InlineData("http://[::1]:70", "[::1]:70", true)]
    [InlineData("http://a:443", "a", false)]
    public void Port_of_the_scheme_may_be_left_out(string origin, string host, bool isAllowed)
    {
        var talk = _bench.Start();
        talk.Feed(HttpFixture.Upgrade($"Origin: {origin}\r\n").Replace("Host: a:70", $"Host: {host}", StringComparison.Ordinal));
        Assert.Equal(isAllowed, talk.ReadLatin().StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_is_spoken_in_texts_and_quitting_ends_with_1000()
    {
        var talk = Inside("json.muxchat");
        talk.Feed(Of(Text, """{"type":"ping","token":"t","id":1}"""u8));
        Assert.Equal(["""1:{"type":"pong","token":"t"}""", """1:{"type":"ok","id":1}"""], Read(talk));
        talk.Feed(Of(Text, """{"type":"quit"}"""u8));
        Assert.Equal(["""1:{"type":"closing","reason":"you quit"}""", "8:1000 "], Finish(talk));
        Assert.Equal(CloseReason.Quit, talk.Client.Ending);
    }

    public static TheoryData<string, byte[], int> Endings => new()
    {
        { "json.muxchat", Of(Text, [0xC3, 0x28]), 1007 },
        { "json.muxchat", Of(Binary, "{}"u8), 1003 },
        { "binary.ircv3.net", Of(Text, "PING a"u8), 1003 },
        { "text.ircv3.net", Of(Text, "NICK a\nQUIT"u8), 1008 },
        { "text.ircv3.net", Of(Text, new byte[8704]), 1009 },
        { "json.muxchat", Of(Text, new byte[65_537]), 1009 },
        { "json.muxchat", Of(Text, "{}"u8, reserved: 4), 1002 },
        { "json.muxchat", Of(Close, default), 0 },
        { "json.muxchat", Of(Close, [3]), 1002 },
        { "json.muxchat", CloseWith(1000, "bye"), 1000 },
        { "json.muxchat", CloseWith(1001), 1001 },
        { "json.muxchat", CloseWith(1014), 1014 },
        { "json.muxchat", CloseWith(3000), 3000 },
        { "json.muxchat", CloseWith(4999, new string('x', 123)), 4999 },
        { "json.muxchat", CloseWith(999), 1002 },
        { "json.muxchat", CloseWith(1004), 1002 },
        { "json.muxchat", CloseWith(1005), 1002 },
        { "json.muxchat", CloseWith(1006), 1002 },
        { "json.muxchat", CloseWith(1015), 1002 },
        { "json.muxchat", CloseWith(2999), 1002 },
        { "json.muxchat", CloseWith(5000), 1002 },
        { "json.muxchat", Of(Close, [3, 232, 0xC3]), 1007 },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void Ending_has_its_code_and_nothing_follows_it(string subprotocol, byte[] last, int code)
    {
        var talk = Inside(subprotocol);
        talk.Feed([.. last, .. Of(Text, """{"type":"ping"}"""u8), .. Of(Ping, default)]);
        var messages = Finish(talk);
        Assert.StartsWith(code == 0 ? "8:" : $"8:{code} ", Assert.Single(messages), StringComparison.Ordinal);
        Assert.Equal(code is >= 1002 and <= 1009 ? CloseReason.WebSocketError : CloseReason.WebSocketClosed, talk.Client.Ending);
    }

    [Theory]
    [InlineData(CloseReason.ServerStopping, "1001 the server is stopping")]
    [InlineData(CloseReason.Killed, "1008 disconnected by an operator")]
    [InlineData(CloseReason.WrongPassword, "1008 wrong password")]
    [InlineData(CloseReason.ProtocolErrors, "1008 too many errors in a row")]
    [InlineData(CloseReason.IdleTimeout, "1008 no answer to a ping")]
    [InlineData(CloseReason.LoginTimeout, "1008 you did not log in")]
    [InlineData(CloseReason.InternalError, "1011 internal error")]
    public void Ending_of_the_server_has_its_code_and_the_words_of_other_protocols(CloseReason reason, string end)
    {
        var talk = Inside("json.muxchat");
        talk.Client.End(reason);
        Assert.Equal($"8:{end}", Finish(talk)[^1]);
    }

    [Fact]
    public void Silent_client_gets_a_ping_and_its_pong_is_a_sign_of_life()
    {
        var talk = Inside("json.muxchat");
        var limits = new ClientLimits();
        _bench.Clients.Advance(limits.IdlePingMs);
        talk.Client.OnDeadline();
        Assert.Equal(["9:"], Read(talk));
        talk.Feed(Of(Pong, default));
        _bench.Clients.Advance(limits.IdleCloseMs - 1);
        talk.Client.OnDeadline();
        Assert.Equal(["9:"], Read(talk));
        _bench.Clients.Advance(1);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.IdleTimeout, talk.Client.Ending);
    }

    [Fact]
    public void Flood_of_pings_is_slowed_down_like_a_flood_of_lines()
    {
        var talk = Inside("json.muxchat");
        var status = talk.Feed([.. Enumerable.Repeat(Of(Ping, "a"u8), 1000).SelectMany(static one => one)]);
        Assert.Equal(FeedStatus.FloodPaused, status);
        Assert.InRange(Read(talk).Length, 15, 25);
    }

    [Fact]
    public void Password_is_asked_for_inside()
    {
        var bench = new HttpFixture { Clients = { Password = new ServerPassword("open sesame"u8, [1]) } };
        var talk = bench.StartWebSocket("json.muxchat");
        Assert.Equal(["""1:{"type":"password"}"""], MessagesOf(AfterHead(talk.ReadLatin())));
        talk.Feed(Of(Text, """{"type":"pass","password":"open sesame","id":1}"""u8));
        Assert.Contains(Read(talk), static message => message.StartsWith("""1:{"type":"welcome",""", StringComparison.Ordinal));
    }

    [Fact]
    public void Event_of_a_room_is_framed_once_for_all_browsers()
    {
        var talks = Enumerable.Range(0, 3).Select(_ => Inside("json.muxchat")).ToArray();
        Array.ForEach(talks, static talk => talk.Read());
        var speaker = _bench.Clients.Start(_bench.Set.Find("line"));
        Array.ForEach(talks, static talk => talk.Read());
        speaker.Say("hello\n");
        _bench.Clients.Broadcaster.Distribute();
        var slices = talks.Select(static talk =>
        {
            Assert.True(talk.Recipient.Outbox.TryPeekFirst(out var slice));
            return slice;
        }).ToArray();
        Assert.Single(slices.Distinct());
        Assert.Contains("\"hello\"", MessagesOf(talks[0].ReadLatin())[^1], StringComparison.Ordinal);
    }

    private Talk Inside(string subprotocol)
    {
        var talk = _bench.StartWebSocket(subprotocol);
        Assert.StartsWith("HTTP/1.1 101 ", talk.ReadLatin(), StringComparison.Ordinal);
        return talk;
    }

    private static string[] Finish(Talk talk)
    {
        Assert.False(talk.Client.TryFinish());
        Assert.False(talk.Client.TryFinish());
        return Read(talk);
    }

    private static string[] Read(Talk talk) => MessagesOf(talk.ReadLatin());

    private static string AfterHead(string read) => read[(read.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    // Each frame as its opcode and its content. The content of a close frame is the code and the reason.
    private static string[] MessagesOf(string read) => [.. ReadFrames(Bytes.Latin(read)).Select(static frame =>
        frame is { Opcode: Close, Content.Length: > 0 }
            ? $"{Close}:{BinaryPrimitives.ReadUInt16BigEndian(frame.Content)} {Bytes.Latin(frame.Content.AsSpan(2))}"
            : $"{frame.Opcode}:{Bytes.Latin(frame.Content)}")];
}
