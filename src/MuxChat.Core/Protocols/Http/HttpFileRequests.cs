using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;

namespace MuxChat.Core.Protocols.Http;

/// <summary>
/// Answers one request for a shared file (RFC 9110, sections 9.3.1, 13 and 14), or passes it to <see cref="HttpUploads"/>.
/// </summary>
/// <remarks>
/// A file that does not exist and one that the caller may not read get the same answer. The key of a link is a secret, so no message and no
/// log repeats a target.
/// </remarks>
internal sealed class HttpFileRequests(HttpProtocol protocol, IHandlerHost host, HttpResponder responder)
{
    /// <summary>The text for a file that is not there for this caller.</summary>
    public static ReadOnlySpan<byte> NoFile => "There is no such file, or no longer, or it is for members only.\n"u8;

    private static readonly byte[] UploadPath = Encoding.ASCII.GetBytes(FileLink.UploadPrefix);

    private FileSharing Files => host.Hub.Files;

    /// <summary>Handles a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">The rest of the answer; null if the answer is whole.</param>
    public FrameResult Handle(scoped in HttpRequest request, out ILongAnswer? answer)
    {
        answer = null;
        var isRead = request.Method is HttpMethod.Get or HttpMethod.Head;
        if (isRead && (request.HasBody || request.ExpectsContinue))
        {
            return responder.Refuse(request.HasBody ? HttpStatus.ContentTooLarge : HttpStatus.ExpectationFailed);
        }

        if (request.Path.StartsWith(UploadPath))
        {
            return new HttpUploads(protocol, host, responder).Create(request, request.Path[UploadPath.Length..], out answer);
        }

        var id = request.Path[FileLink.Prefix.Length..];
        var slash = id.IndexOf((byte)'/');
        id = slash < 0 ? id : id[..slash];
        return isRead ? Read(request, id, out answer)
            : request.Method == HttpMethod.Put ? new HttpUploads(protocol, host, responder).Receive(request, id)
            : responder.Say(
                HttpStatus.MethodNotAllowed, "A file has GET and HEAD, and an upload has PUT.\n"u8, "Allow: GET, HEAD, PUT\r\n"u8);
    }

    private FrameResult Read(scoped in HttpRequest request, ReadOnlySpan<byte> id, out ILongAnswer? answer)
    {
        answer = null;
        Files.Find(Files.Keys.Find(FileLink.KeyIn(request.Query))?.Person, id, number: 0, out var file);
        if (file is null || id.IsEmpty)
        {
            return responder.Say(HttpStatus.NotFound, NoFile);
        }

        var tag = HttpConditions.TagOf(file.Sha256);
        switch (HttpConditions.Check(request, tag, file.UnixMs))
        {
            case HttpStatus.NotModified:
                responder.Send(PutCache(responder.Begin(HttpStatus.NotModified), file, tag).Put(HttpSite.FileBytes));
                return responder.Done();
            case HttpStatus.PreconditionFailed:
                return responder.Say(HttpStatus.PreconditionFailed, "This is another file than the request names.\n"u8);
        }

        // Only GET has ranges (section 14.2).
        var range = request.Method == HttpMethod.Get && HttpConditions.LetsRangeApply(tag, request.ValuesOf("if-range"u8))
            ? HttpRange.Read(request.ValuesOf("range"u8), file.SizeBytes) : new HttpRange(HttpRangeKind.Whole, 0, file.SizeBytes);
        if (range.Kind == HttpRangeKind.Beyond)
        {
            return responder.Say(HttpStatus.RangeNotSatisfiable, "The file ends before this range.\n"u8,
                Encoding.ASCII.GetBytes($"Content-Range: bytes */{file.SizeBytes}\r\n"));
        }

        if (request.Method == HttpMethod.Get && range.Length > 0)
        {
            if (Files.TryOpen(file, range.First, range.Length, host.Output) is not { } download)
            {
                return responder.Say(HttpStatus.ServiceUnavailable, "Too many files are being read: try again later.\n"u8,
                    HttpResponder.RetryFieldsFor(HttpStatus.ServiceUnavailable));
            }

            answer = new FileContent(download, IFileStore.MaxReadBytes, host.Output, (bytes, _) => host.Output.SendAsIs(bytes));
        }

        SendHead(file, range, tag);
        return answer is null ? responder.Done() : new FrameResult { Cost = 0 };
    }

    private void SendHead(SharedFile file, in HttpRange range, ReadOnlySpan<byte> tag)
    {
        var head = responder.Begin(range.Kind == HttpRangeKind.Part ? HttpStatus.PartialContent : HttpStatus.Ok)
            .Put("Content-Type: "u8).Put(file.ImageType.Length > 0 ? Encoding.ASCII.GetBytes(file.ImageType) : "application/octet-stream"u8)
            .Put("\r\nContent-Length: "u8).Put(range.Length).Put("\r\nAccept-Ranges: bytes\r\n"u8);
        if (range.Kind == HttpRangeKind.Part)
        {
            head.Put("Content-Range: bytes "u8).Put(range.First).Put("-"u8).Put(range.First + range.Length - 1).Put("/"u8)
                .Put(file.SizeBytes).Put("\r\n"u8);
        }

        // A browser shows nothing but images, and whatever else was uploaded is saved. So no upload runs as a page of this site.
        HttpDisposition.Put(head, isInline: file.ImageType.Length > 0, file.Name);
        responder.Send(PutCache(head, file, tag).Put("Last-Modified: "u8).PutDate(file.UnixMs).Put("\r\n"u8).Put(HttpSite.FileBytes));
    }

    // A file never changes. One for members only is asked about each time, because its reader may have left the room since.
    private HttpHead PutCache(HttpHead head, SharedFile file, ReadOnlySpan<byte> tag) => head.Put("ETag: "u8).Put(tag)
        .Put("\r\nCache-Control: private, "u8).Put(Files.NeedsKey(file) ? "no-cache\r\n"u8 : "max-age=604800, immutable\r\n"u8);
}
