using System.Globalization;
using System.Text.Json.Nodes;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Clients;
using MuxChat.Testing.Files;
using MuxChat.UnitTests.Core.Chat.History;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>A chat over the production store, with clients on frames and lines that send and read files.</summary>
public abstract class FileFlow
{
    private protected const int ChunkBytes = 45_000;

    private protected readonly ProtocolConnectionFixture _chat;
    private protected readonly ImmediateFileStore _store;
    private protected readonly FakeJournal _journal = new();
    private ulong _ids;

    private protected FileFlow(bool hasJournal, ClientLimits limits)
    {
        _chat = new ProtocolConnectionFixture(limits, hasJournal ? _journal : null);
        _store = ImmediateFileStore.Open(disk: null, new SilentFileStoreObserver(), _chat.Time);
        _chat.Hub.Files.Use(_store, [], () => new FileId(++_ids));
    }

    private protected static string TypeOf(JsonObject frame) => (string)frame["type"]!;

    private protected static string Chunk(string id, int offset, ReadOnlySpan<byte> bytes, int requestId = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"type":"chunk","file":"{{id}}","offset":{{offset}},"data":"{{Convert.ToBase64String(bytes)}}"{{(requestId > 0
            ? $",\"id\":{requestId}" : "")}}}""");

    private protected static byte[] ContentOf(IEnumerable<JsonObject> frames) => [.. frames.Where(static frame => TypeOf(frame) == "chunk")
        .SelectMany(static frame => Convert.FromBase64String((string)frame["data"]!))];

    private protected string Begin(ProtocolConnectionFixture.Talk by, byte[] content)
    {
        by.SayFrame($$"""{"type":"share","name":"a.txt","size":{{content.Length}}}""");
        return (string)Assert.Single(ReadAll(by))["file"]!;
    }

    private protected void Send(ProtocolConnectionFixture.Talk by, byte[] content)
    {
        var id = Begin(by, content);
        for (var at = 0; at < content.Length; at += ChunkBytes)
        {
            by.SayFrame(Chunk(id, at, content.AsSpan(at, Math.Min(ChunkBytes, content.Length - at))));
            ReadAll(by);
        }
    }

    private protected List<JsonObject> ReadAll(ProtocolConnectionFixture.Talk of) => ReadAll(of, of.ReadFrames);

    private protected List<string> ReadAllLines(ProtocolConnectionFixture.Talk of) => ReadAll(of, of.ReadLines);

    // Until the client has nothing to wait for.
    private protected List<T> ReadAll<T>(ProtocolConnectionFixture.Talk of, Func<T[]> read)
    {
        var all = new List<T>(read());
        for (var (tick, isOver) = (0, false); !isOver; tick++)
        {
            Assert.InRange(tick, 0, 10_000);
            _chat.Hub.Files.Collect();
            _chat.Advance(1);
            isOver = of.Resume() == FeedStatus.NeedMore;
            all.AddRange(read());
        }

        return all;
    }
}
