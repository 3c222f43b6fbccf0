using System.Buffers;
using System.Buffers.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Protocols;

/// <summary>Executes one client's commands about files, and answers them in the client's protocol. Owner: the client's handler.</summary>
internal sealed class FileHandler(ChatHub hub, Session session, IQueryAnswers answers, IClientOutput output)
{
    /// <summary>Files in one part of a list: 50, so that a part with the longest names still fits a segment.</summary>
    private const int FilesPerPart = 50;

    private static readonly CommandResult NotBase64 = CommandResult.Error(ErrorCode.BadField, "the field data must be base64 (RFC 4648)");

    private static readonly CommandResult NoData = CommandResult.Error(ErrorCode.MissingField, "the field data is missing or empty");

    /// <summary>Executes a command of one of these kinds.</summary>
    public CommandResult Execute(in Command command) => command.Kind switch
    {
        CommandKind.Share => Share(command),
        CommandKind.Chunk => Append(command),
        CommandKind.Cancel => hub.Files.Uploads.Cancel(session.Recipient, command.FileId),
        CommandKind.Files => List(command),
        _ => Get(command),
    };

    private CommandResult Share(in Command command)
    {
        if (command.Nick.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the name of the file is missing");
        }

        if (!FileHash.TryParse(command.Text, out var hash) || hash.Kind == FileHashKind.Md5)
        {
            return CommandResult.Error(ErrorCode.BadField, "the field sha256 must be 64 hexadecimal digits");
        }

        // The room that is current now counts, whichever it is when the upload ends.
        var found = hub.Queries.FindRoom(session.Person, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        var request = new UploadRequest(
            command.Nick.ToArray(), command.SizePlusOne - 1, hash, room.Name, session.Person, session.Recipient);
        var begun = hub.Files.Begin(request, out var upload);
        if (upload is not null)
        {
            output.SendAsIs(answers.Files.Upload(upload, hub.Files.UploadKeys.Of(session)));
            WaitFor(upload);
        }

        return begun;
    }

    private CommandResult Append(in Command command)
    {
        var found = hub.Files.Uploads.Find(session.Recipient, command.FileId, out var upload);
        if (upload is null)
        {
            return found;
        }

        if (command.Offset != upload.ReceivedBytes)
        {
            return CommandResult.Error(ErrorCode.BadField, $"the next byte of this upload is byte {upload.ReceivedBytes}");
        }

        // The decoder skips white space, which is no base64 (RFC 4648, section 3.3).
        if (command.Text.ContainsAny(" \t\r\n"u8))
        {
            return NotBase64;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(command.Text.Length));
        try
        {
            if (Base64.DecodeFromUtf8(command.Text, bytes, out _, out var count) != OperationStatus.Done)
            {
                return NotBase64;
            }

            if (count == 0)
            {
                return NoData;
            }

            var appended = upload.Append(bytes.AsSpan(0, count));
            WaitFor(upload);
            return appended;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void WaitFor(Upload upload)
    {
        if (upload.IsWaiting)
        {
            session.EnqueueAnswer(new UploadAnswer(upload));
        }
    }

    private CommandResult List(in Command command)
    {
        var found = hub.Files.List(session.Person, command.Room, out var room, out var files);
        if (found.IsOk)
        {
            session.EnqueueAnswer(new FileList(room, files, answers.Files, output));
        }

        return found;
    }

    private CommandResult Get(in Command command)
    {
        if (command.FileId.IsEmpty && command.Number == 0)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the file is missing: its id, or its number");
        }

        var found = hub.Files.Find(session.Person, command.FileId, command.Number, out var file, $"{answers.CommandMark}files");
        if (file is null)
        {
            return found;
        }

        if (command.Offset > file.SizeBytes)
        {
            return CommandResult.Error(ErrorCode.BadField, $"the file has {file.SizeBytes} bytes: byte {command.Offset} is beyond its end");
        }

        var length = file.SizeBytes - command.Offset;
        length = command.Limit > 0 ? Math.Min(length, command.Limit) : length;
        length = Math.Min(length, answers.Files.MaxBytesPerRequest);
        if (hub.Files.TryOpen(file, command.Offset, length, session.Recipient, answers.Files.PartBytes) is not { } download)
        {
            return CommandResult.Error(ErrorCode.Busy, "too many files are being read: try again later");
        }

        var at = command.Offset;
        session.EnqueueAnswer(new FileContent(download, answers.Files.PartBytes, output, (bytes, isLast) =>
        {
            output.SendAsIs(answers.Files.Part(file, at, bytes, isLast));
            at += bytes.Length;
        }));
        var link = FileLink.PathOf(file, hub.Files.NeedsKey(file) ? hub.Files.Keys.Of(session) : null);
        output.SendAsIs(answers.Files.Head(file, command.Offset, length, [.. hub.Files.PublicUrl, .. link]));
        return CommandResult.Ok();
    }

    /// <summary>Waits until the store has taken the last bytes of an upload, and after the last of all for the share's result.</summary>
    private sealed class UploadAnswer(Upload upload) : ILongAnswer
    {
        public bool IsReady => upload.CanContinue;

        public bool IsFile => true;

        public CommandResult Result => upload.Outcome ?? CommandResult.Ok();

        public bool WritePart()
        {
            upload.Continue();
            return upload.IsWaiting;
        }
    }

    private sealed class FileList(Room room, SharedFile[] files, IFileAnswers answers, IClientOutput output) : ILongAnswer
    {
        private int _next;

        public bool WritePart()
        {
            var part = files.AsSpan(_next, Math.Min(FilesPerPart, files.Length - _next));
            _next += part.Length;
            output.SendAsIs(answers.List(room, part, files.Length, _next < files.Length));
            return _next < files.Length;
        }
    }
}

/// <summary>
/// Writes a protocol's answers about files. Each method encodes one part. Its bytes are valid until the next call, and empty if the
/// protocol sends nothing.
/// </summary>
public interface IFileAnswers
{
    /// <summary>Bytes of a file in one part; a part then fits a segment.</summary>
    int PartBytes { get; }

    /// <summary>The most bytes that one request gets. The client asks again for the rest.</summary>
    long MaxBytesPerRequest { get; }

    /// <summary>Encodes that an upload may begin, or go on after the bytes that the server has.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="key">The session's key, with which it may send the bytes over HTTP instead.</param>
    ReadOnlySpan<byte> Upload(Upload upload, FileId key);

    /// <summary>Encodes a part of the list of a room's files.</summary>
    /// <param name="room">The room.</param>
    /// <param name="part">The files.</param>
    /// <param name="total">The number of files of the room.</param>
    /// <param name="hasMore">Whether another part follows.</param>
    ReadOnlySpan<byte> List(Room room, ReadOnlySpan<SharedFile> part, int total, bool hasMore);

    /// <summary>Encodes the facts about a file, before its content.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The first byte that follows.</param>
    /// <param name="length">The number of bytes that follow.</param>
    /// <param name="link">The link to the file on the server's site.</param>
    ReadOnlySpan<byte> Head(SharedFile file, long offset, long length, ReadOnlySpan<byte> link);

    /// <summary>Encodes a part of a file's content.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The place of the first byte.</param>
    /// <param name="bytes">The bytes: at most <see cref="PartBytes"/>, and none for an empty file.</param>
    /// <param name="isLast">Whether it is the last part of this answer.</param>
    ReadOnlySpan<byte> Part(SharedFile file, long offset, ReadOnlySpan<byte> bytes, bool isLast);
}
