using System.Buffers;
using System.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Http;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols.Http;

/// <summary>Clients of a server that speaks HTTP too, without an I/O model.</summary>
internal sealed class HttpFixture
{
    public const string Page = "<!DOCTYPE html><title>page</title>";

    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>An asset of 150,000 bytes, which no segment holds alone.</summary>
    public static readonly byte[] Large = [.. Enumerable.Range(0, 150_000).Select(static i => (byte)(i * 7))];

    public HttpFixture()
    {
        var pool = new SegmentPool();
        HttpResource[] resources =
        [
            new HttpAsset("/", "text/html; charset=utf-8", (HttpCoding.Identity, Encoding.ASCII.GetBytes(Page)),
                (HttpCoding.Gzip, "gzip of page"u8.ToArray()), (HttpCoding.Brotli, "br"u8.ToArray())),
            new HttpAsset("/large", "image/png", (HttpCoding.Identity, Large), (HttpCoding.Gzip, [.. Large, 1])),
            new HttpDynamic("/now", "text/plain; charset=utf-8", body =>
            {
                body.Write(Encoding.ASCII.GetBytes($"number {++Written}\n"));
                return IsWell ? HttpStatus.Ok : HttpStatus.ServiceUnavailable;
            }),
        ];
        Set = new ProtocolSet(new FrameLimits(), web: new WebSettings(pool, resources, ["https://chat.example"]));
        Clients = new ProtocolConnectionFixture { Detector = Set.Detector };
    }

    public ProtocolSet Set { get; }

    public ProtocolConnectionFixture Clients { get; }

    public int Written { get; private set; }

    public bool IsWell { get; set; } = true;

    /// <summary>A client of an <c>http</c> listener.</summary>
    public ProtocolConnectionFixture.Talk Start() => Clients.Start(Set.Find("http"));

    /// <summary>The response to one request, given without its host and its last line.</summary>
    public string Ask(string request)
    {
        var talk = Start();
        talk.Feed($"{request}Host: a\r\n\r\n");
        return talk.Read();
    }

    /// <summary>A client that has a WebSocket and has read the response.</summary>
    public ProtocolConnectionFixture.Talk StartWebSocket(string subprotocol)
    {
        var talk = Start();
        talk.Feed(Upgrade($"Sec-WebSocket-Protocol: {subprotocol}\r\n"));
        return talk;
    }

    public static string Upgrade(string fields = "") => "GET /ws HTTP/1.1\r\nHost: a:70\r\nConnection: keep-alive, Upgrade\r\n"
        + $"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n{fields}\r\n";
}
