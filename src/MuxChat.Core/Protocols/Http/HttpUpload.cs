using System.Buffers;
using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Uploads;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Answers an upload over HTTP once its outcome is known, and closes the connection.</summary>
/// <remarks>
/// The connection ends after the body, so what follows a body is never taken for a request. It is a long answer itself for a file without
/// bytes, which has no body to wait for.
/// </remarks>
internal sealed class HttpUpload(HttpProtocol protocol, IHandlerHost host, HttpResponder responder, Upload upload, Session session)
    : IBodyOwner, ILongAnswer
{
    public IProtocol? Next => null;

    public bool EndsAtFailure => true;

    bool ILongAnswer.IsReady => upload.CanContinue;

    bool ILongAnswer.WritePart()
    {
        upload.Continue();
        if (upload.IsWaiting)
        {
            return true;
        }

        End(upload.Outcome ?? CommandResult.Ok());
        return false;
    }

    public FrameResult End(CommandResult result)
    {
        if (!result.IsOk || upload.File is not { } file)
        {
            return responder.Refuse(HttpUploads.StatusOf(result.Code), result);
        }

        // The link is for the client that shared the file, so it may hold the client's key.
        var needsKey = host.Hub.Files.NeedsKey(file) && !session.IsGone;
        byte[] link = [.. host.Hub.Files.PublicUrl, .. FileLink.PathOf(file, needsKey ? host.Hub.Files.Keys.Of(session) : null)];
        responder.Close(CloseReason.HttpDone);
        protocol.Body.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(protocol.Body))
        {
            json.WriteStartObject();
            json.WriteString("room"u8, file.Room);
            JsonFileFacts.Write(file, new WireTime(), json);
            json.WriteString("link"u8, link);
            json.WriteEndObject();
        }

        protocol.Body.Write("\n"u8);
        responder.WriteWhole(HttpStatus.Created, "application/json"u8, protocol.Body.WrittenSpan,
            [.. "Location: "u8, .. link, .. "\r\n"u8]);
        return responder.Done();
    }
}
