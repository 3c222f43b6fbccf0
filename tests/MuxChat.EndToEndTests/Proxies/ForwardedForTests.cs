using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Proxies;

/// <summary>WebSockets behind a proxy of HTTP, which names its client in X-Forwarded-For.</summary>
public sealed class ForwardedForTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1:4711", "192.0.2.1")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("[2001:db8::7]:4711", "2001:db8::7")]
    [InlineData("127.0.0.1, 192.0.2.1", "192.0.2.1")]
    [InlineData("nonsense, 192.0.2.1", "192.0.2.1")]
    [InlineData("198.51.100.9, 192.0.2.1, 10.1.2.3 , 127.0.0.1", "192.0.2.1")]
    [InlineData("10.1.2.3, 127.0.0.1", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task WebSocket_counts_for_the_last_address_that_is_no_proxys(string field, string address)
    {
        using var server = ServerProcess.Start("--proxy-from", "127.0.0.1", "--proxy-from", "10.0.0.0/8");
        using var client = await Connect(server, field);
        Assert.Equal(address, await AddressOf(client));
    }

    [Fact]
    public async Task Field_of_an_unlisted_peer_is_ignored()
    {
        using var server = ServerProcess.Start("--proxy-from", "127.0.0.2");
        using var client = await Connect(server, "192.0.2.1");
        Assert.Equal("127.0.0.1", await AddressOf(client));
        using var other = await Connect(server, "nonsense");
        Assert.Equal("127.0.0.1", await AddressOf(other));
    }

    [Fact]
    public async Task Limits_count_the_client_and_never_the_proxy()
    {
        using var server = ServerProcess.Start("--proxy-from", "127.0.0.1", "--max-per-ip", "1", "--limit-loopback", "on");
        using var first = await Connect(server, "192.0.2.1");
        using var other = await Connect(server, "192.0.2.2");
        Assert.Equal("192.0.2.2", await AddressOf(other));
        const string TooMany = "your address has 1 connections, the maximum: close one first";
        Assert.Equal(["HTTP/1.1 503 Service Unavailable", TooMany], Refused(server, "192.0.2.1"));
        Assert.Equal(["HTTP/1.1 400 Bad Request", "the proxy names no address for the client"], Refused(server, "192.0.2.3, unknown"));
        Assert.Equal("192.0.2.1", await AddressOf(first));
    }

    /// <summary>The status line and the text of the response to an upgrade.</summary>
    private static string[] Refused(ServerProcess server, string field)
    {
        using var client = server.ConnectLines("auto");
        client.SendBytes(Encoding.ASCII.GetBytes($"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nX-Forwarded-For: {field}\r\n\r\n"));
        var lines = client.ReadLinesToEnd();
        return [lines[0].TrimEnd('\r'), lines[^1]];
    }

    private static Task<ClientWebSocket> Connect(ServerProcess server, string field) =>
        Connect(new Uri($"ws://{server.EndPoint("auto")}/ws"), field);

    /// <summary>Opens a WebSocket.</summary>
    /// <param name="uri">Where to.</param>
    /// <param name="field">The field that the client itself sends; empty for none.</param>
    /// <param name="from">The client's own address; null for the usual one.</param>
    internal static async Task<ClientWebSocket> Connect(Uri uri, string field, IPAddress? from = null)
    {
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol("text.ircv3.net");
        if (field.Length > 0)
        {
            client.Options.SetRequestHeader("X-Forwarded-For", field);
        }

        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                if (from is not null)
                {
                    socket.Bind(new IPEndPoint(from, 0));
                }

                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var invoker = new HttpMessageInvoker(handler);
        await client.ConnectAsync(uri, invoker, Cancel);
        return client;
    }

    /// <summary>Logs in, and asks the server for the client's own address.</summary>
    internal static async Task<string> AddressOf(ClientWebSocket client)
    {
        var nick = Scene.NewNick("w");
        foreach (var line in (string[])[$"NICK {nick}", "USER u 0 * :u", $"WHOIS {nick}"])
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(line), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        }

        var space = new byte[4096];
        while (true)
        {
            var received = await client.ReceiveAsync(space, Cancel);
            Assert.NotEqual(WebSocketMessageType.Close, received.MessageType);
            var line = Encoding.UTF8.GetString(space, 0, received.Count);
            if (line.Contains(" 378 ", StringComparison.Ordinal))
            {
                return line[(line.LastIndexOf(' ') + 1)..];
            }
        }
    }
}
