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
    private readonly HttpResponder _responder;

    private int _requests;
    private long _headSinceMs = -1;
    private OutputProgress _progress;

    // The rest of a body that is longer than one segment.
    private Slice[] _body = [];
    private int _nextPart;

    // The rest of an answer that waits for the store of files; null for none.
    private ILongAnswer? _answer;

    public HttpHandler(HttpProtocol protocol, IHandlerHost host)
    {
        _protocol = protocol;
        _host = host;
        _responder = new HttpResponder(protocol, host);
        _progress = new OutputProgress(host);
    }

    public Session? Session => null;

    public int PatienceMs => 0;

    public bool HasMore => _nextPart < _body.Length || _answer is not null;

    public bool IsAnswerReady => _answer is null or { IsReady: true };

    public long DeadlineMs => _headSinceMs >= 0 ? _headSinceMs + HttpLimits.HeadMs
        : IsTaking ? _progress.DeadlineMs : _progress.SinceMs + HttpLimits.IdleMs;

    public CloseReason DeadlineReason => _headSinceMs >= 0 ? CloseReason.HttpHeadTimeout : CloseReason.HttpIdle;

    private IClientOutput Output => _host.Output;

    // A client that still takes a response is not idle.
    private bool IsTaking => HasMore || Output.QueuedBytes > 0;

    public void NoteUnfinished() => _headSinceMs = _headSinceMs < 0 ? _host.Clock.NowMs : _headSinceMs;

    public bool TryPassDeadline() => _headSinceMs < 0 && IsTaking && _progress.TryGoOn();

    public FrameResult HandleFrame(Span<byte> frame)
    {
        _headSinceMs = -1;
        _progress.Note();
        var status = HttpParser.Parse(frame, out var request);
        _responder.Answer(request, isLast: ++_requests == HttpLimits.Requests || !request.KeepsAlive || request.HasBody);
        if (status != HttpStatus.None)
        {
            return _responder.Refuse(status);
        }

        var isKnown = _protocol.Site.TryFind(request.Path, out var found);
        if (isKnown && found.Resource is HttpFiles)
        {
            return new HttpFileRequests(_protocol, _host, _responder).Handle(request, out _answer);
        }

        if (request.ExpectsContinue)
        {
            return _responder.Refuse(HttpStatus.ExpectationFailed);
        }

        if (request.Method is not (HttpMethod.Get or HttpMethod.Head))
        {
            return _responder.Say(HttpStatus.MethodNotAllowed, "This server has GET and HEAD here.\n"u8, "Allow: GET, HEAD\r\n"u8);
        }

        if (!isKnown)
        {
            return _responder.Say(HttpStatus.NotFound, "There is nothing at this path.\n"u8);
        }

        if (found.Resource.IsGuarded && _protocol.Site.Guard?.Check(request) is { } refusal and not HttpStatus.None)
        {
            return _responder.Say(refusal, HttpGuard.Explain(refusal), HttpGuard.FieldsFor(refusal));
        }

        return request.HasBody ? _responder.Refuse(HttpStatus.ContentTooLarge) : found.Resource switch
        {
            HttpDynamic dynamic => WriteDynamic(dynamic),
            HttpWebSockets sockets => Upgrade(sockets, request),
            _ => WriteAsset(found.Variants, request),
        };
    }

    public FrameResult Refuse(DecodeStatus status) => throw new InvalidOperationException("Every head is a frame.");

    public FrameResult WriteMore()
    {
        // Each part is asked for when the client has read enough of those before it, so it is a sign of life.
        _progress.Note();
        if (_answer is { } answer)
        {
            return WriteMore(answer);
        }

        Output.SendShared(_body[_nextPart++]);
        return HasMore ? default : _responder.Done();
    }

    public void Release()
    {
        _answer?.Abandon();
        _answer = null;
        if (Output.IsEnding)
        {
            // An upload may have been begun in this frame, and no other handler has it yet.
            _host.Hub.Files.Uploads.Forget(Output);
        }
    }

    private FrameResult WriteMore(ILongAnswer answer)
    {
        if (answer.WritePart())
        {
            return new FrameResult { IsFile = true };
        }

        _answer = null;
        if (!answer.Result.IsOk)
        {
            // The head has promised more bytes than there are. Only the end of the connection tells the client so.
            _responder.Close(CloseReason.HttpRefused);
        }

        return _responder.Done() with { IsFile = true };
    }

    private FrameResult WriteAsset(HttpSite.Variant[] variants, scoped in HttpRequest request)
    {
        var variant = Choose(variants, new HttpAccepted(request.ValuesOf("accept-encoding"u8)));
        if (HttpConditions.IsKnown(variant.ETag, request.ValuesOf("if-none-match"u8)))
        {
            _responder.Send(_responder.Begin(HttpStatus.NotModified).Put(variant.NotModifiedFields));
            return _responder.Done();
        }

        _responder.Send(_responder.Begin(HttpStatus.Ok).Put(variant.Fields));
        _body = request.Method == HttpMethod.Head ? [] : variant.Body;
        _nextPart = 0;
        return HasMore ? WriteMore() : _responder.Done();
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

    private FrameResult WriteDynamic(HttpDynamic dynamic)
    {
        var body = _protocol.Body;
        body.ResetWrittenCount();
        var status = dynamic.Write(body);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.WrittenCount, HttpLimits.DynamicBodyBytes);
        _responder.WriteWhole(status, dynamic.ContentType, body.WrittenSpan);
        return _responder.Done();
    }

    private FrameResult Upgrade(HttpWebSockets sockets, scoped in HttpRequest request)
    {
        var status = WebSocketHandshake.Check(request, _protocol.Site, _host.Output.IsLoopback);
        if (status != HttpStatus.None)
        {
            return _responder.Refuse(status, WebSocketHandshake.Explain(status), WebSocketHandshake.FieldsFor(status));
        }

        var counted = CountClient(request);
        if (!counted.IsOk)
        {
            status = counted.Code == ErrorCode.BadField ? HttpStatus.BadRequest : HttpStatus.ServiceUnavailable;
            return _responder.Refuse(status, counted);
        }

        var next = WebSocketHandshake.Choose(sockets, request, out var name);
        var head = _protocol.Head.Begin(HttpStatus.SwitchingProtocols, _host.Clock.UnixMs)
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
}
