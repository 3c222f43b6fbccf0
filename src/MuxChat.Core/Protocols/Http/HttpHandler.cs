using System.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Answers the requests of one connection in their order, until one of them is the last. Owner: the connection.</summary>
/// <remarks>
/// Every fault of a request closes the connection, and the rest of its input is dropped. So no body, and nothing that a third party wrote
/// into one, is ever taken for a request.
/// </remarks>
internal sealed class HttpHandler : IProtocolHandler
{
    private readonly HttpProtocol _protocol;
    private readonly IHandlerHost _host;

    private int _requests;
    private long _idleSinceMs;
    private long _headSinceMs = -1;
    private bool _isLast;
    private bool _isOldClient;
    private CloseReason _lastReason = CloseReason.HttpDone;

    // The rest of a body that is longer than one segment.
    private Slice[] _body = [];
    private int _nextPart;

    public HttpHandler(HttpProtocol protocol, IHandlerHost host)
    {
        _protocol = protocol;
        _host = host;
        _idleSinceMs = host.Clock.NowMs;
    }

    public Session? Session => null;

    public int PatienceMs => 0;

    public bool HasMore => _nextPart < _body.Length;

    public long DeadlineMs => _headSinceMs >= 0 ? _headSinceMs + HttpLimits.HeadMs : _idleSinceMs + HttpLimits.IdleMs;

    public CloseReason DeadlineReason => _headSinceMs >= 0 ? CloseReason.HttpHeadTimeout : CloseReason.HttpIdle;

    private IClientOutput Output => _host.Output;

    private long UnixMs => _host.Clock.UnixMs;

    public void NoteUnfinished() => _headSinceMs = _headSinceMs < 0 ? _host.Clock.NowMs : _headSinceMs;

    public FrameResult HandleFrame(Span<byte> frame)
    {
        _headSinceMs = -1;
        _idleSinceMs = _host.Clock.NowMs;
        var status = HttpParser.Parse(frame, out var request);
        _isLast = ++_requests == HttpLimits.Requests || !request.KeepsAlive || request.HasBody;
        _isOldClient = !request.Is11;
        _lastReason = request.HasBody ? CloseReason.HttpRefused : CloseReason.HttpDone;
        if (status != HttpStatus.None)
        {
            return Refuse(status, request);
        }

        if (!_protocol.Site.TryFind(request.Path, out var found) && request.Method != HttpMethod.Other)
        {
            return Answer(HttpStatus.NotFound, request, "There is nothing at this path.\n"u8);
        }

        if (request.Method == HttpMethod.Other)
        {
            return Answer(HttpStatus.MethodNotAllowed, request, "This server has GET and HEAD.\n"u8, "Allow: GET, HEAD\r\n"u8);
        }

        if (found.Resource.IsGuarded && _protocol.Site.Guard?.Check(request) is { } refusal and not HttpStatus.None)
        {
            return Answer(refusal, request, HttpGuard.Explain(refusal), HttpGuard.FieldsFor(refusal));
        }

        return request.HasBody ? Refuse(HttpStatus.ContentTooLarge, request) : found.Resource switch
        {
            HttpDynamic dynamic => WriteDynamic(dynamic, request),
            HttpWebSockets sockets => Upgrade(sockets, request),
            _ => WriteAsset(found.Variants, request),
        };
    }

    public FrameResult Refuse(DecodeStatus status) => throw new InvalidOperationException("Every head is a frame.");

    public FrameResult WriteMore()
    {
        // Each part is asked for when the client has read enough of those before it, so it is a sign of life.
        _idleSinceMs = _host.Clock.NowMs;
        Output.SendShared(_body[_nextPart++]);
        return HasMore ? default : Done();
    }

    private FrameResult WriteAsset(HttpSite.Variant[] variants, scoped in HttpRequest request)
    {
        var variant = Choose(variants, new HttpAccepted(request.ValuesOf("accept-encoding"u8)));
        if (IsKnown(variant.ETag, request.ValuesOf("if-none-match"u8)))
        {
            Send(Begin(HttpStatus.NotModified).Put(variant.NotModifiedFields));
            return Done();
        }

        Send(Begin(HttpStatus.Ok).Put(variant.Fields));
        _body = request.Method == HttpMethod.Head ? [] : variant.Body;
        _nextPart = 0;
        return HasMore ? WriteMore() : Done();
    }

    // The smallest of those that the client likes best. With none that it accepts, the content as it is (RFC 9110, section 12.5.3).
    private static HttpSite.Variant Choose(HttpSite.Variant[] variants, in HttpAccepted accepted)
    {
        HttpSite.Variant? best = null;
        var bestWeight = 0;
        foreach (var variant in variants)
        {
            var weight = accepted.WeightOf(variant.Coding);
            if (weight > bestWeight)
            {
                (best, bestWeight) = (variant, weight);
            }
            else if (best is null && variant.Coding == HttpCoding.Identity)
            {
                best = variant;
            }
        }

        return best!;
    }

    // RFC 9110, section 13.1.2: weak comparison, so a W/ before the tag does not matter.
    private static bool IsKnown(ReadOnlySpan<byte> tag, HttpFields values)
    {
        foreach (var value in values)
        {
            foreach (var element in new HttpList(value))
            {
                var one = element.StartsWith("W/"u8) ? element[2..] : element;
                if (one.SequenceEqual(tag) || element.SequenceEqual("*"u8))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private FrameResult WriteDynamic(HttpDynamic dynamic, scoped in HttpRequest request)
    {
        var body = _protocol.Body;
        body.ResetWrittenCount();
        var status = dynamic.Write(body);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.WrittenCount, HttpLimits.DynamicBodyBytes);
        WriteWhole(status, request, dynamic.ContentType, body.WrittenSpan);
        return Done();
    }

    private FrameResult Upgrade(HttpWebSockets sockets, scoped in HttpRequest request)
    {
        var status = WebSocketHandshake.Check(request, _protocol.Site, _host.Output.IsLoopback);
        if (status != HttpStatus.None)
        {
            (_isLast, _lastReason) = (true, CloseReason.HttpRefused);
            return Answer(status, request, WebSocketHandshake.Explain(status), WebSocketHandshake.FieldsFor(status));
        }

        var counted = CountClient(request);
        if (!counted.IsOk)
        {
            (_isLast, _lastReason) = (true, CloseReason.HttpRefused);
            status = counted.Code == ErrorCode.BadField ? HttpStatus.BadRequest : HttpStatus.ServiceUnavailable;
            return Answer(status, request, Encoding.UTF8.GetBytes(counted.Message + "\n"));
        }

        var next = WebSocketHandshake.Choose(sockets, request, out var name);
        var head = _protocol.Head.Begin(HttpStatus.SwitchingProtocols, UnixMs)
            .Put("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "u8);
        WebSocketHandshake.PutAccept(request, head);
        if (!name.IsEmpty)
        {
            head.Put("\r\nSec-WebSocket-Protocol: "u8).Put(name);
        }

        Output.SendAsIs(head.Put("\r\n\r\n"u8).Written);
        return new FrameResult { Cost = 1, Next = next };
    }

    // A WebSocket is one client's, so it counts for the address that a listed proxy names: the last one that is no proxy's. Plain requests
    // count for none, because a proxy sends those of many clients over one connection.
    private CommandResult CountClient(scoped in HttpRequest request)
    {
        ReadOnlySpan<byte> client = default;
        foreach (var value in request.ValuesOf("x-forwarded-for"u8))
        {
            foreach (var element in new HttpList(value))
            {
                client = _host.IsProxy(element) ? client : element;
            }
        }

        return client.IsEmpty ? CommandResult.Ok() : _host.CountFor(client);
    }

    private FrameResult Refuse(HttpStatus status, scoped in HttpRequest request)
    {
        (_isLast, _lastReason) = (true, CloseReason.HttpRefused);
        return Answer(status, request, HttpStatuses.Explain(status));
    }

    private FrameResult Answer(
        HttpStatus status, scoped in HttpRequest request, ReadOnlySpan<byte> text, ReadOnlySpan<byte> fields = default)
    {
        WriteWhole(status, request, "text/plain; charset=utf-8"u8, text, fields);
        return Done();
    }

    private void WriteWhole(HttpStatus status, scoped in HttpRequest request, ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body,
        ReadOnlySpan<byte> fields = default)
    {
        Send(Begin(status).Put(fields).Put("Content-Type: "u8).Put(contentType).Put("\r\nContent-Length: "u8).Put(body.Length)
            .Put("\r\nCache-Control: no-store\r\n"u8).Put(HttpSite.SecurityBytes));
        while (request.Method != HttpMethod.Head && !body.IsEmpty)
        {
            var part = body[..Math.Min(body.Length, HttpProtocol.PartBytes)];
            Output.SendAsIs(part);
            body = body[part.Length..];
        }
    }

    // A client of HTTP/1.0 waits for the end unless the response says that there is none (RFC 9112, appendix C.2.2).
    private HttpHead Begin(HttpStatus status) => _protocol.Head.Begin(status, UnixMs)
        .Put(_isLast ? "Connection: close\r\n"u8 : _isOldClient ? "Connection: keep-alive\r\n"u8 : default);

    private void Send(HttpHead head) => Output.SendAsIs(head.Put("\r\n"u8).Written);

    // The bytes of responses are charged like those of any answer, so a request itself costs little.
    private FrameResult Done() => new() { Cost = 0, Ending = _isLast ? _lastReason : CloseReason.None };
}
