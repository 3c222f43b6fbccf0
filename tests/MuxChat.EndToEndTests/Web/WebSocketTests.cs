using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Web;

/// <summary>The chat over WebSockets, with the client of the base library and with raw frames.</summary>
public sealed class WebSocketTests(WebServer server)
{
    private const string Json = "json.muxchat";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("auto")]
    [InlineData("http")]
    public async Task Browser_and_person_on_lines_talk_in_a_room(string listener)
    {
        using var browser = await Connect(listener, Json);
        Assert.Equal(Json, browser.SubProtocol);
        var room = Scene.NewNick("#room");
        var nick = Scene.NewNick("web");
        await Send(browser, $$"""{"type":"nick","nick":"{{nick}}"}""");
        await Send(browser, $$"""{"type":"join","room":"{{room}}"}""");
        await ReadUntil(browser, frame => (string?)frame["type"] == "room" && (string?)frame["room"] == room);
        using var person = server.Process.ConnectLines("line");
        person.Send("/join " + room, "hello browser", "/me waves");
        var said = await ReadUntil(browser, static frame => (string?)frame["type"] == "said");
        Assert.Equal("hello browser", (string?)said["text"]);
        var text = new string('x', 3000);
        await Send(browser, $$"""{"type":"say","room":"{{room}}","text":"{{text}}","id":7}""");
        Assert.Contains(text, person.ReadUntil(line => line.Contains(text, StringComparison.Ordinal))[^1], StringComparison.Ordinal);
        Assert.Equal("ok", (string?)(await ReadUntil(browser, static frame => (int?)frame["id"] == 7))["type"]);
        await browser.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Cancel);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, browser.CloseStatus);
        person.ReadUntil(line => line.Contains(nick + " quit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text.ircv3.net", WebSocketMessageType.Text)]
    [InlineData("binary.ircv3.net", WebSocketMessageType.Binary)]
    [InlineData(null, WebSocketMessageType.Text)]
    public async Task Irc_is_spoken_in_lines_without_ends(string? subprotocol, WebSocketMessageType type)
    {
        using var client = await Connect("auto", subprotocol);
        var nick = Scene.NewNick("irc");
        await Send(client, $"NICK {nick}", type);
        await Send(client, "USER web 0 * :Web", type);
        await Send(client, "PING token", type);
        string line;
        do
        {
            var (read, readType) = await Read(client);
            line = read!;
            Assert.Equal(type, readType);
            Assert.DoesNotContain('\n', line);
        }
        while (!line.Contains("PONG", StringComparison.Ordinal));

        await Send(client, "QUIT :bye", type);
        while ((await Read(client)).Text is not null)
        {
        }

        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Fact]
    public async Task Page_of_another_site_is_refused_unless_it_is_on_the_list()
    {
        foreach (var (origin, isAllowed) in new[]
        {
            (server.At("auto", "").GetLeftPart(UriPartial.Authority), true),
            ("https://chat.example", true),
            ("https://evil.example", false),
        })
        {
            using var client = new ClientWebSocket();
            client.Options.SetRequestHeader("Origin", origin);
            var connecting = client.ConnectAsync(server.At("auto", "/ws", "ws"), Cancel);
            if (isAllowed)
            {
                await connecting;
            }
            else
            {
                var refused = await Assert.ThrowsAsync<WebSocketException>(() => connecting);
                Assert.Contains("403", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Proxy_on_a_Unix_socket_brings_a_page_under_any_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the user of a Unix socket is known on Linux only");
        using var folder = new DataFolder();
        using var local = ServerProcess.Start("--listen", $"auto+unix://{folder.Path}/chat", "--listen", "auto://127.0.0.1:0");
        foreach (var (listener, status) in new[] { ("auto+unix", "101 Switching Protocols"), ("auto", "403 Forbidden") })
        {
            using var client = local.ConnectLines(listener);
            client.SendBytes("GET /ws HTTP/1.1\r\nHost: chat.test\r\nOrigin: https://chat.test\r\nConnection: Upgrade\r\n"u8);
            client.SendBytes("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8);
            Assert.Equal($"HTTP/1.1 {status}", client.ReadLine().TrimEnd('\r'));
        }
    }

    [Fact]
    public void Handshake_and_messages_cut_at_every_byte_are_heard()
    {
        var nick = Scene.NewNick("cut");
        byte[] stream =
        [
            .. "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"u8,
            .. "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8,
            .. WebSocketFrames.Of(WebSocketFrames.Text, "PI"u8, isFinal: false),
            .. WebSocketFrames.Of(WebSocketFrames.Ping, "between"u8),
            .. WebSocketFrames.Of(WebSocketFrames.Continuation, "NG a"u8),
            .. WebSocketFrames.CloseWith(4000, "end"),
        ];
        using var clock = server.Connect("line");
        clock.Nick = nick;
        for (var cut = 1; cut < stream.Length; cut++)
        {
            using var client = server.Connect("auto");
            client.SendBytes(stream.AsSpan(0, cut));
            clock.Sync();
            client.SendBytes(stream.AsSpan(cut));
            var read = Encoding.Latin1.GetString(client.ReadToEnd());
            Assert.StartsWith("HTTP/1.1 101 ", read, StringComparison.Ordinal);
            Assert.EndsWith("\x88\x02\x0F\xA0", read, StringComparison.Ordinal);
            Assert.Contains("\u008A\u0007between", read, StringComparison.Ordinal);
            Assert.False(client.WasReset);
        }
    }

    [Fact]
    public async Task Stopping_server_says_going_away()
    {
        using var own = ServerProcess.Start(["--listen", "http://127.0.0.1:0"]);
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol(Json);
        await client.ConnectAsync(new Uri($"ws://{own.Address("http")}/ws"), Cancel);
        own.Signal("TERM");
        JsonNode? last = null;
        while (await Read(client) is { Text: { } text })
        {
            last = JsonNode.Parse(text);
        }

        Assert.Equal(("closing", WebSocketCloseStatus.EndpointUnavailable), ((string?)last!["type"], client.CloseStatus));
        Assert.Equal("the server is stopping", client.CloseStatusDescription);
    }

    private async Task<ClientWebSocket> Connect(string listener, string? subprotocol)
    {
        var client = new ClientWebSocket();
        if (subprotocol is not null)
        {
            client.Options.AddSubProtocol(subprotocol);
        }

        await client.ConnectAsync(server.At(listener, "/ws", "ws"), Cancel);
        return client;
    }

    private static async Task Send(ClientWebSocket client, string text, WebSocketMessageType type = WebSocketMessageType.Text) =>
        await client.SendAsync(Encoding.UTF8.GetBytes(text), type, endOfMessage: true, Cancel);

    private static async Task<JsonNode> ReadUntil(ClientWebSocket client, Predicate<JsonNode> isIt)
    {
        while (true)
        {
            var frame = JsonNode.Parse((await Read(client)).Text!)!;
            if (isIt(frame))
            {
                return frame;
            }
        }
    }

    private static async Task<(string? Text, WebSocketMessageType Type)> Read(ClientWebSocket client)
    {
        var bytes = new byte[65_536];
        var count = 0;
        while (true)
        {
            var part = await client.ReceiveAsync(bytes.AsMemory(count), Cancel);
            count += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return (null, part.MessageType);
            }

            if (part.EndOfMessage)
            {
                return (Encoding.UTF8.GetString(bytes, 0, count), part.MessageType);
            }
        }
    }
}
