using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The content of a file as the body of a response, in parts. Owner: the connection's handler.</summary>
/// <remarks>A part is written once the client has taken the one before, so a slow reader holds one part of the outbox at most.</remarks>
internal sealed class HttpFileBody(Download download, IClientOutput output) : ILongAnswer
{
    public bool IsReady => download.IsReady && output.QueuedBytes < HttpProtocol.PartBytes;

    public bool IsFile => true;

    public CommandResult Result { get; private set; } = CommandResult.Ok();

    public bool WritePart()
    {
        if (download.HasFailed)
        {
            Result = CommandResult.Error(ErrorCode.UnknownFile, "the file is gone, or could not be read to its end");
        }
        else
        {
            output.SendAsIs(download.Take(HttpProtocol.PartBytes));
        }

        if (!download.HasFailed && download.LeftBytes > 0)
        {
            return true;
        }

        download.Dispose();
        return false;
    }

    public void Drop() => download.Dispose();
}
