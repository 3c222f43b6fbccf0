using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;

namespace MuxChat.Core.Protocols;

/// <summary>The content of a file as a long answer, in parts. Owner: the client's handler, or its session.</summary>
/// <remarks>
/// A part is written once less than a part is queued, so a slow reader has less than two parts queued. A reader that is gone ends the
/// answer, although the commands that it sent before may still run: it takes no more, and is not woken.
/// </remarks>
/// <param name="download">The content. It ends with the answer.</param>
/// <param name="partBytes">The bytes of a part.</param>
/// <param name="output">The client's output.</param>
/// <param name="write">Writes a part in the client's protocol.</param>
internal sealed class FileContent(Download download, int partBytes, IClientOutput output, PartWriter write) : ILongAnswer
{
    public bool IsReady => output.IsEnding || (download.IsReady && output.QueuedBytes < partBytes);

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
            var bytes = download.Take(partBytes);
            write(bytes, isLast: download.LeftBytes == 0);
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

/// <summary>Writes a part of a file.</summary>
/// <param name="bytes">The bytes; none for an empty file.</param>
/// <param name="isLast">Whether it is the last part.</param>
internal delegate void PartWriter(ReadOnlySpan<byte> bytes, bool isLast);
