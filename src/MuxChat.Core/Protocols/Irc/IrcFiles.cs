using System.Buffers.Text;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// Shared files on IRC: a notice with a link to the server's site, FILES, GET, and the place for uploads (draft FILEHOST).
/// </summary>
internal static class IrcFiles
{
    /// <summary>The longest name in a notice, in bytes: 80. A longer one is cut, and then left out of the link.</summary>
    private const int MaxNameBytes = 80;

    /// <summary>Bytes of a text with a link: 300, so that no line is folded within one. In a longer text, the link has no name.</summary>
    private const int MaxTextBytes = 300;

    // The draft's own name, and the name under which clients already know it.
    private static readonly byte[][] UploadTokens = ["draft/FILEHOST="u8.ToArray(), "soju.im/FILEHOST="u8.ToArray()];

    private static ReadOnlySpan<byte> FilesWord => "FILES"u8;

    /// <summary>Returns <c>shared report.pdf (12 KB): LINK</c>.</summary>
    /// <param name="text">The text of the event.</param>
    /// <param name="publicUrl">The server's own URL; empty if it has no site. There is no link then.</param>
    public static byte[] Describe(ReadOnlySpan<byte> text, ReadOnlySpan<byte> publicUrl)
    {
        if (!FileText.TryRead(text, out var file))
        {
            return [.. "shared "u8, .. text];
        }

        byte[] described =
        [
            .. "shared "u8,
            .. Shown(file.Name),
            .. Encoding.ASCII.GetBytes($" ({FileText.DescribeSize(file.SizeBytes)})"),
        ];
        if (publicUrl.IsEmpty)
        {
            return described;
        }

        byte[] link = [.. publicUrl, .. FileLink.PathOf(file.Id, file.Name)];
        return [.. described, .. ": "u8, .. described.Length + link.Length <= MaxTextBytes ? link
            : [.. publicUrl, .. FileLink.PathOf(file.Id, default)]];
    }

    /// <summary>
    /// Sends the tokens of ISUPPORT that name the place for uploads (draft FILEHOST), if there is one. The client's key is a part of it.
    /// </summary>
    public static void ShowUploadPlace(IrcProtocolHandler client)
    {
        var files = client.Hub.Files;
        if (!files.IsOn || files.PublicUrl.Length == 0)
        {
            return;
        }

        var path = Encoding.ASCII.GetBytes($"{FileLink.UploadPrefix}{files.UploadKeys.Of(client.Session!)}");
        foreach (var token in UploadTokens)
        {
            client.Reply(IrcNumeric.ISupport).Param(token).Put(files.PublicUrl).Put(path).Last("are supported by this server")
                .SendTo(client.Output);
        }
    }

    /// <summary>
    /// FILES [ROOM]: lists the files of a room in notices, oldest first; without a room, of the one that was joined last.
    /// </summary>
    public static CommandResult Files(IrcProtocolHandler client, in IrcMessage message)
    {
        var found = client.Hub.Files.List(client.Person, message[0], out var room, out var files);
        if (!found.IsOk)
        {
            return client.Fail(FilesWord, "CANNOT_LIST"u8, found.Code, found.Message);
        }

        client.Session!.EnqueueAnswer(new FilesAnswer(client, room, files));
        return found;
    }

    /// <summary>GET NUMBER: tells about a file of a room, and the link by which this client may fetch it.</summary>
    public static CommandResult Get(IrcProtocolHandler client, in IrcMessage message)
    {
        var given = message[0];
        if (!Utf8Parser.TryParse(given, out long number, out var used) || used != given.Length || number < 1)
        {
            return client.Fail("GET"u8, "INVALID_NUMBER"u8, ErrorCode.BadField, "FILES lists the numbers of files");
        }

        var files = client.Hub.Files;
        var found = files.Find(client.Person, default, number, out var file, "FILES");
        if (file is null)
        {
            return client.Fail("GET"u8, "NO_SUCH_FILE"u8, found.Code, found.Message);
        }

        Notice(client).Put(Shown(file.Name)).Put(Encoding.ASCII.GetBytes($", {file.SizeBytes} bytes, by ")).Put(file.From)
            .Put(Encoding.ASCII.GetBytes($", sha256 {Convert.ToHexStringLower(file.Sha256)}")).SendTo(client.Output);
        if (files.PublicUrl.Length == 0)
        {
            Notice(client).Put("this server has no site to fetch it from"u8).SendTo(client.Output);
            return found;
        }

        // The link is this client's own if the room is closed, and then lets whoever has it read as this client does.
        FileId? key = files.NeedsKey(file) ? files.Keys.Of(client.Session!) : null;
        var path = FileLink.PathOf(file, key);
        path = path.Length + files.PublicUrl.Length <= MaxTextBytes ? path : FileLink.PathOf(file with { Name = [] }, key);
        Notice(client).Put(key is null ? "link: "u8 : "link for you alone: "u8).Put(files.PublicUrl).Put(path).SendTo(client.Output);
        return found;
    }

    private static IrcLine Notice(IrcProtocolHandler client) =>
        client.Line().Put(":"u8).Put(client.Server.Name).Put(" NOTICE "u8).Put(client.Nick).Put(" :"u8);

    private static byte[] Shown(ReadOnlySpan<byte> name)
    {
        var fits = ChatText.Fit(name, MaxNameBytes);
        return [.. name[..fits], .. fits < name.Length ? "..."u8 : default];
    }

    /// <summary>FILES: one file at a time, then their number.</summary>
    private sealed class FilesAnswer(IrcProtocolHandler client, Room room, SharedFile[] files) : ILongAnswer
    {
        private int _next;

        public bool WritePart()
        {
            if (_next == files.Length)
            {
                Notice(client).Put("files of "u8).Put(room.Name).Put(Encoding.ASCII.GetBytes($": {files.Length}")).SendTo(client.Output);
                return false;
            }

            var file = files[_next++];
            Notice(client).Put(Encoding.ASCII.GetBytes($"{file.Number} ")).Put(Shown(file.Name))
                .Put(Encoding.ASCII.GetBytes($" ({FileText.DescribeSize(file.SizeBytes)}) by ")).Put(file.From).SendTo(client.Output);
            return true;
        }
    }
}
