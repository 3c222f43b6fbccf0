using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Writes the responses of one connection, each to the request that was begun last. Owner: the connection's handler.</summary>
internal sealed class HttpResponder(HttpProtocol protocol, IHandlerHost host)
{
    private bool _isHead;
    private bool _isOldClient;
    private bool _isLast;
    private CloseReason _lastReason = CloseReason.HttpDone;

    /// <summary>Begins the response to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isLast">Whether the response closes the connection.</param>
    public void Answer(scoped in HttpRequest request, bool isLast)
    {
        _isHead = request.Method == HttpMethod.Head;
        _isOldClient = !request.Is11;
        _isLast = isLast;
        _lastReason = request.HasBody ? CloseReason.HttpRefused : CloseReason.HttpDone;
    }

    /// <summary>Makes this response the last.</summary>
    /// <param name="reason">The reason to close the connection.</param>
    public void Close(CloseReason reason) => (_isLast, _lastReason) = (true, reason);

    /// <summary>Refuses a request with a fault, and closes the connection.</summary>
    public FrameResult Refuse(HttpStatus status) => Refuse(status, HttpStatuses.Explain(status));

    /// <summary>Refuses a request with a text, and closes the connection.</summary>
    public FrameResult Refuse(HttpStatus status, ReadOnlySpan<byte> text, ReadOnlySpan<byte> fields = default)
    {
        Close(CloseReason.HttpRefused);
        return Say(status, text, fields);
    }

    /// <summary>Refuses a request because of a result of the chat, and closes the connection.</summary>
    public FrameResult Refuse(HttpStatus status, CommandResult result) =>
        Refuse(status, Encoding.UTF8.GetBytes(result.Message + "\n"), RetryFieldsFor(status));

    /// <summary>Answers with a text.</summary>
    public FrameResult Say(HttpStatus status, ReadOnlySpan<byte> text, ReadOnlySpan<byte> fields = default)
    {
        WriteWhole(status, "text/plain; charset=utf-8"u8, text, fields);
        return Done();
    }

    /// <summary>Writes a response whose body is whole. It is never cached.</summary>
    public void WriteWhole(
        HttpStatus status, ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body, ReadOnlySpan<byte> fields = default)
    {
        Send(Begin(status).Put(fields).Put("Content-Type: "u8).Put(contentType).Put("\r\nContent-Length: "u8).Put(body.Length)
            .Put("\r\nCache-Control: no-store\r\n"u8).Put(HttpSite.SecurityBytes));
        while (!_isHead && !body.IsEmpty)
        {
            var part = body[..Math.Min(body.Length, HttpProtocol.PartBytes)];
            host.Output.SendAsIs(part);
            body = body[part.Length..];
        }
    }

    /// <summary>Begins the head of a response.</summary>
    /// <remarks>A client of HTTP/1.0 waits for the end unless the response says that there is none (RFC 9112, appendix C.2.2).</remarks>
    public HttpHead Begin(HttpStatus status) => protocol.Head.Begin(status, host.Clock.UnixMs)
        .Put(_isLast ? "Connection: close\r\n"u8 : _isOldClient ? "Connection: keep-alive\r\n"u8 : default);

    /// <summary>Ends a head and sends it.</summary>
    public void Send(HttpHead head) => host.Output.SendAsIs(head.Put("\r\n"u8).Written);

    /// <summary>Ends the response. Its bytes are charged like those of any answer, so a request itself costs little.</summary>
    public FrameResult Done() => new() { Cost = 0, Ending = _isLast ? _lastReason : CloseReason.None };

    /// <summary>The field that says when a client may try again, for a server that is busy (RFC 9110, section 10.2.3).</summary>
    public static ReadOnlySpan<byte> RetryFieldsFor(HttpStatus status) =>
        status == HttpStatus.ServiceUnavailable ? "Retry-After: 5\r\n"u8 : default;
}
