using System.Buffers;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Http;

/// <summary>HTTP/1.1 (RFC 9110, RFC 9112) over the resources of one site: GET and HEAD. See docs/protocols/http.md.</summary>
/// <remarks>A client of it has no session. A page gets one over a WebSocket, which is another protocol on the same connection.</remarks>
/// <param name="site">The resources.</param>
/// <param name="name">The protocol's name.</param>
public sealed class HttpProtocol(HttpSite site, string name = "http") : IProtocol
{
    /// <summary>Bytes of a written body that are queued at once: 32 KiB, so that they fit a segment.</summary>
    internal const int PartBytes = 32 * 1024;

    private static readonly Format Responses = new();

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool PingsIdleClients => false;

    /// <inheritdoc/>
    public IFraming Framing { get; } = new HttpFraming();

    /// <summary>The resources.</summary>
    internal HttpSite Site => site;

    /// <summary>The head of the response that is being written.</summary>
    internal HttpHead Head { get; } = new();

    /// <summary>The body of a dynamic resource that is being written.</summary>
    internal ArrayBufferWriter<byte> Body { get; } = new();

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => Responses;

    /// <inheritdoc/>
    public IProtocolHandler Begin(IHandlerHost host) => new HttpHandler(this, host);

    /// <inheritdoc/>
    public ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign) =>
        ForeignProtocols.DetectTls(first, out foreign);

    /// <summary>Recognises the request line of HTTP.</summary>
    /// <remarks>A greeted client is never taken for HTTP, because the greeting is no response. Lines turn it away.</remarks>
    public sealed class Signature(HttpProtocol protocol) : IProtocolSignature
    {
        /// <inheritdoc/>
        public IProtocol Protocol => protocol;

        /// <inheritdoc/>
        /// <remarks>A line of chat is shorter, so its end decides, however it arrives.</remarks>
        public int MaxLookBytes => FrameLimits.DefaultLineBytes + 1;

        /// <inheritdoc/>
        public ProtocolMatch Match(ReadOnlySpan<byte> first)
        {
            var line = first[..Math.Min(first.Length, MaxLookBytes)];
            var end = line.IndexOf((byte)'\n');
            line = end < 0 ? line : line[..end];
            var match = HttpRequestLine.Match(line);
            if (match != ProtocolMatch.Unsure)
            {
                return match;
            }

            // A request line that is too long gets an answer of HTTP.
            return end >= 0 ? ProtocolMatch.No
                : first.Length < MaxLookBytes ? ProtocolMatch.Unsure
                : HttpRequestLine.HasTarget(line) ? ProtocolMatch.Yes : ProtocolMatch.No;
        }

        /// <inheritdoc/>
        public ProtocolMatch MatchGreeted(ReadOnlySpan<byte> first) => ProtocolMatch.No;

        /// <inheritdoc/>
        public bool IsLikely(ReadOnlySpan<byte> first) => HttpRequestLine.IsBeginning(first);
    }

    /// <summary>Shows errors alone, as a response: to a client that is turned away on connecting.</summary>
    private sealed class Format : IWireFormat
    {
        public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
        {
            if (chatEvent.Kind == EventKind.Error)
            {
                var message = chatEvent.Result.Message;
                writer.Put("HTTP/1.1 "u8);
                writer.Put(HttpStatuses.LineOf(HttpStatus.ServiceUnavailable));
                writer.Put("\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\nConnection: close\r\n"u8);
                writer.Put(HttpSite.SecurityFields);
                writer.Put("Content-Length: "u8);
                writer.Put((long)System.Text.Encoding.UTF8.GetByteCount(message) + 1);
                writer.Put("\r\n\r\n"u8);
                writer.Put(message);
                writer.Put((byte)'\n');
            }
        }

        public bool ShowsToActor(EventKind kind) => false;

        public bool IsOncePerPerson(EventKind kind) => false;
    }
}
