using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The content of a file as the body of a response, in parts. Owner: the connection's handler.</summary>
/// <remarks>
/// A part is written once the client has taken the one before, so a slow reader holds one part of the outbox at most. A reader that is gone
/// ends it, although the commands that it sent before may still run.
/// </remarks>
internal sealed class HttpFileBody(Download download, IClientOutput output) : ILongAnswer
{
    public bool IsReady => output.IsEnding || (download.IsReady && output.QueuedBytes < HttpProtocol.PartBytes);

    public bool IsFile => true;

    public CommandResult Result { get; private set; } = CommandResult.Ok();

    public bool WritePart()
    {
        if (output.IsEnding || download.HasFailed)
        {
            Result = CommandResult.Error(ErrorCode.UnknownFile, "the file is gone, or could not be read to its end");
        }
        else
        {
            output.SendAsIs(download.Take(HttpProtocol.PartBytes));
        }

        if (Result.IsOk && download.LeftBytes > 0)
        {
            return true;
        }

        download.Dispose();
        return false;
    }

    public void Abandon() => download.Dispose();
}
