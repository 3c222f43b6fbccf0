using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Protocols.Uploads;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Begins to receive a file over HTTP: the bytes of an upload of a session, or a new file of a session (IRC FILEHOST).</summary>
/// <remarks>
/// <para>The key in the URL proves the session. It is 128 random bits that only this session was given. A page of another site can
/// therefore not forge such a request, as it could where a cookie proved it.</para>
/// <para>A browser also sends the origin of the page with each PUT and POST. The server refuses other sites, and clients that reached it by
/// a name that is not its own, like those of WebSockets. A key that leaked into another page is then worth nothing to it.</para>
/// <para>The site's own page needs no permission of CORS, so the server gives none.</para>
/// </remarks>
internal sealed class HttpUploads(HttpProtocol protocol, IHandlerHost host, HttpResponder responder)
{
    private static ReadOnlySpan<byte> Go => "HTTP/1.1 100 Continue\r\n\r\n"u8;

    private FileSharing Files => host.Hub.Files;

    /// <summary>Returns the status for a refusal of the chat.</summary>
    public static HttpStatus StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.FileTooLarge => HttpStatus.ContentTooLarge,
        ErrorCode.Busy => HttpStatus.ServiceUnavailable,
        ErrorCode.WrongHash => HttpStatus.Unprocessable,
        ErrorCode.DiskFull => HttpStatus.InsufficientStorage,
        ErrorCode.FilesOff or ErrorCode.UnknownFile => HttpStatus.NotFound,
        ErrorCode.MissingField or ErrorCode.BadField or ErrorCode.TooLong => HttpStatus.BadRequest,
        _ => HttpStatus.Forbidden,
    };

    /// <summary>Receives a new file, which is in no room: POST (section 9.3.3).</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The key of the session.</param>
    /// <param name="answer">The rest of the answer; null if it is whole.</param>
    public FrameResult Create(scoped in HttpRequest request, ReadOnlySpan<byte> key, out ILongAnswer? answer)
    {
        answer = null;
        if (request.Method == HttpMethod.Options && !request.HasBody)
        {
            // The same for every key, so that it tells nothing about one.
            responder.Send(responder.Begin(HttpStatus.NoContent).Put("Allow: POST, OPTIONS\r\nAccept-Post: */*\r\n"u8)
                .Put(HttpSite.SecurityBytes));
            return responder.Done();
        }

        if (request.Method != HttpMethod.Post)
        {
            return responder.Say(HttpStatus.MethodNotAllowed, "New files come by POST.\n"u8, "Allow: POST, OPTIONS\r\n"u8);
        }

        if (Check(request) is { } status and not HttpStatus.None)
        {
            return responder.Refuse(status, Explain(status));
        }

        if (Files.UploadKeys.Find(key) is not { } session)
        {
            return responder.Refuse(HttpStatus.NotFound, "There is no such place for uploads, or no longer.\n"u8);
        }

        var type = request.ValuesOf("content-type"u8).Single();
        if (type.Length >= 10 && Ascii.EqualsIgnoreCase(type[..10], "multipart/"u8))
        {
            return responder.Refuse(HttpStatus.UnsupportedMediaType, "The body must be the file itself, and no form.\n"u8);
        }

        var name = HttpDisposition.ReadName(request.ValuesOf("content-disposition"u8).Single());
        var wanted = new UploadRequest(name, request.LengthBytes, FileHash.None, [], session.Person, host.Output);
        var begun = Files.Begin(wanted, out var upload);
        if (upload is null)
        {
            return responder.Refuse(StatusOf(begun.Code), begun);
        }

        var end = new HttpUpload(protocol, host, responder, upload, session);
        answer = request.HasBody ? null : end;
        return request.HasBody ? Begin(request, upload, end) : new FrameResult { Cost = 1 };
    }

    /// <summary>Receives the rest of an upload that its session has begun: PUT (sections 9.3.4 and 14.5).</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The upload.</param>
    public FrameResult Receive(scoped in HttpRequest request, ReadOnlySpan<byte> id)
    {
        if (Check(request) is { } status and not HttpStatus.None)
        {
            return responder.Refuse(status, Explain(status));
        }

        Upload? upload = null;
        if (Files.UploadKeys.Find(FileLink.KeyIn(request.Query)) is { } session)
        {
            Files.Uploads.Find(session.Recipient, id, out upload);
        }
        else
        {
            session = null;
        }

        if (upload is null || session is null)
        {
            return responder.Refuse(HttpStatus.NotFound, "There is no such upload of yours: share the file first.\n"u8);
        }

        var first = 0L;
        var size = request.LengthBytes;
        var ranges = request.ValuesOf("content-range"u8);
        if (ranges.Count() > 0)
        {
            if (!HttpRange.TryReadContent(ranges.Single(), out var part, out size) || part.Length != request.LengthBytes)
            {
                return responder.Refuse(HttpStatus.BadRequest, "Content-Range must be the part that the body is: bytes 5-9/10.\n"u8);
            }

            first = part.First;
        }

        if (size != upload.SizeBytes || request.LengthBytes != size - first)
        {
            return responder.Refuse(HttpStatus.BadRequest, "The body must be the rest of the file, to its end.\n"u8);
        }

        if (first != upload.ReceivedBytes || upload.IsWaiting || size == 0)
        {
            return responder.Refuse(HttpStatus.Conflict, CommandResult.Error(ErrorCode.BadField,
                $"The upload has its first {upload.ReceivedBytes} bytes: the next byte is byte {upload.ReceivedBytes}."));
        }

        upload.Attach(session.Person, host.Output);
        return Begin(request, upload, new HttpUpload(protocol, host, responder, upload, session));
    }

    private FrameResult Begin(scoped in HttpRequest request, Upload upload, HttpUpload end)
    {
        if (request.ExpectsContinue)
        {
            host.Output.SendAsIs(Go);
        }

        return new FrameResult { Cost = 1, Next = new BodyProtocol(protocol, request.LengthBytes, upload, end) };
    }

    // Without an origin the client is no browser, and acts for no page.
    private HttpStatus Check(scoped in HttpRequest request)
    {
        var origins = request.ValuesOf("origin"u8);
        return origins.Count() > 0 && !protocol.Site.Allows(origins.Single(), request.Authority, host.Output.IsLoopback)
            ? HttpStatus.Forbidden
            : request.LengthBytes < 0 ? HttpStatus.LengthRequired : HttpStatus.None;
    }

    private static ReadOnlySpan<byte> Explain(HttpStatus status) => status == HttpStatus.Forbidden
        ? "Pages of this origin may not upload here.\n"u8 : HttpStatuses.Explain(status);
}
