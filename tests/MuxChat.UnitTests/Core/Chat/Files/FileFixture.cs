using System.Security.Cryptography;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Chat.Files;

/// <summary>A chat that takes files, with a store that does what the test says.</summary>
internal sealed class FileFixture
{
    private ulong _ids;

    public FileFixture(
        FileLimits? limits = null, IReadOnlyList<SharedFile>? found = null, ChatLimits? chat = null, IJournal? journal = null)
    {
        Chat = new HubFixture((chat ?? new ChatLimits()) with { Files = limits ?? new FileLimits() }, journal: journal);
        Files.Use(Store, found ?? [], () => new FileId(++_ids));
    }

    public HubFixture Chat { get; }

    public FakeFileStore Store { get; } = new();

    public FileSharing Files => Chat.Hub.Files;

    public static FileHash Sha256(byte[] content) => new(FileHashKind.Sha256, SHA256.HashData(content));

    /// <summary>Begins an upload of that many bytes.</summary>
    public CommandResult Begin(Session by, long size, out Upload? upload, string room = "#lobby", FileHash? hash = null,
        string name = "a.txt", bool isService = false) => Files.Begin(new UploadRequest(
            Bytes.Utf8(name), size, hash ?? FileHash.None, Bytes.Utf8(room), by.Person, by.Recipient, isService), out upload);

    /// <summary>Begins an upload that must be allowed.</summary>
    public Upload Begin(Session by, long size, string room = "#lobby", FileHash? hash = null, string name = "a.txt")
    {
        var begun = Begin(by, size, out var upload, room, hash, name);
        Assert.True(begun.IsOk, begun.Message);
        return upload!;
    }

    /// <summary>Begins an upload and sends all of it. The store has not answered yet.</summary>
    public Upload Send(Session by, byte[] content, string room = "#lobby", FileHash? hash = null, string name = "a.txt")
    {
        var upload = Begin(by, content.Length, room, hash, name);
        if (content.Length > 0)
        {
            Assert.True(upload.Append(content).IsOk);
        }

        return upload;
    }

    /// <summary>Shares a file.</summary>
    public SharedFile Share(Session by, byte[] content, string room = "#lobby", FileHash? hash = null, string name = "a.txt")
    {
        var upload = Send(by, content, room, hash, name);
        Files.Collect();
        Assert.True(upload.Outcome is { IsOk: true }, upload.Outcome?.Message);
        return upload.File!;
    }

    public SharedFile? Find(Session by, long number)
    {
        Files.Find(by.Person, [], number, out var file);
        return file;
    }

    public SharedFile? Find(Session? by, FileId id)
    {
        Files.Find(by?.Person, id.ToBytes(), 0, out var file);
        return file;
    }

    public string[] ListOf(Session by, string room)
    {
        var listed = Files.List(by.Person, Bytes.Utf8(room), out _, out var files);
        Assert.True(listed.IsOk, listed.Message);
        return [.. files.Select(static file => Bytes.Utf8(file.Name))];
    }

    /// <summary>The announcements that a session has heard.</summary>
    public static string[] SharedTo(Session session) =>
        [.. HubFixture.EventsOf(session).Where(static one => one.Kind == EventKind.Shared).Select(static one => one.Text)];
}
