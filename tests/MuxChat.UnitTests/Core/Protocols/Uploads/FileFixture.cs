using System.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Testing.Files;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols.Uploads;

/// <summary>A server with files and a member of its lobby, without an I/O model and without a disk.</summary>
internal sealed class FileFixture
{
    public const string Url = "https://files.example";

    private int _ids;

    public FileFixture(FileLimits? limits = null)
    {
        Set = new ProtocolSet(new FrameLimits(),
            web: new WebSettings(new SegmentPool(), [], ["https://chat.example"]) { PublicUrl = Bytes.Utf8(Url) });
        Clients = new ProtocolConnectionFixture(chat: new ChatLimits { Files = limits ?? new FileLimits() }) { Detector = Set.Detector };
        Files.Use(Store, [], () => new FileId((UInt128)(++_ids)));
        Files.PublicUrl = Bytes.Utf8(Url);
        Member = Clients.StartFrame();
        Session = Clients.Hub.FindPerson("guest-1"u8)!.Session!;
    }

    public HeapFileStore Store { get; } = new();

    public ProtocolSet Set { get; }

    public ProtocolConnectionFixture Clients { get; }

    public FileSharing Files => Clients.Hub.Files;

    /// <summary>A client by frames in the lobby.</summary>
    public ProtocolConnectionFixture.Talk Member { get; }

    public Session Session { get; }

    public string UploadKey => Files.UploadKeys.Of(Session).ToString();

    /// <summary>Begins an upload of the member.</summary>
    public Upload Begin(int size, FileHash? hash = null, string name = "a.bin")
    {
        var request = new UploadRequest(
            Bytes.Utf8(name), size, hash ?? FileHash.None, "#lobby"u8.ToArray(), Session.Person, Member.Recipient);
        Assert.Equal(ErrorCode.None, Files.Begin(request, out var upload).Code);
        return upload!;
    }

    /// <summary>Shares a file in the lobby.</summary>
    public SharedFile Share(byte[] bytes, string name = "a.bin")
    {
        var upload = Begin(bytes.Length, name: name);
        Assert.True(upload.Append(bytes).IsOk);
        Files.Collect();
        return upload.File!;
    }

    public ProtocolConnectionFixture.Talk StartHttp() => Clients.Start(Set.Find("http"));

    public ProtocolConnectionFixture.Talk StartUpload() => Clients.Start(Set.Find("upload", "#lobby"u8.ToArray()));

    /// <summary>All that one HTTP client reads after it has sent this.</summary>
    public string Ask(string request)
    {
        var talk = StartHttp();
        talk.Feed(Bytes.Latin(request));
        return ReadAll(talk);
    }

    /// <summary>All that a client reads, with what the store does meanwhile, until nothing happens any more.</summary>
    public string ReadAll(ProtocolConnectionFixture.Talk talk)
    {
        var read = new StringBuilder();
        for (var quiet = 0; quiet < 4; quiet++)
        {
            var some = talk.ReadLatin();
            read.Append(some);
            quiet = some.Length > 0 ? 0 : quiet;
            Files.Collect();
            Clients.Advance(1);
            talk.Resume();
        }

        return read.ToString();
    }

    public static byte[] Random(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string StatusOf(string response) => response["HTTP/1.1 ".Length..][..3];

    public static string BodyOf(string response) => response[(response.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    public static string? FieldOf(string response, string name) => response[..response.IndexOf("\r\n\r\n", StringComparison.Ordinal)]
        .Split("\r\n").Skip(1).Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 2)..]).FirstOrDefault();
}
