using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Sharing;

/// <summary>What a program says on frames to share a file, and to get one.</summary>
internal static class FileTalk
{
    /// <summary>Bytes of a chunk, unless a test wants others: a small number, so that a small file has several.</summary>
    public const int ChunkBytes = 6000;

    private static int _lastId;

    /// <summary>Bytes that look like no other file's.</summary>
    public static byte[] Content(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Announces a file, and returns the answer: <c>upload</c>, or an error.</summary>
    public static JsonObject Announce(FrameClient client, string name, byte[] content, string? sha256 = null)
    {
        var id = NextId();
        client.Send(new JsonObject
        {
            ["type"] = "share",
            ["name"] = name,
            ["size"] = content.Length,
            ["sha256"] = sha256 ?? Sha256(content),
            ["id"] = id,
        }.ToJsonString());
        return client.ReadUntil(frame => (string?)frame["type"] == "upload" || (string?)frame["id"] == id)[^1];
    }

    /// <summary>The frames that send a content from an offset on. The last has an id, whose answer tells the end.</summary>
    public static List<string> Chunks(string file, byte[] content, long offset, string lastId, int chunkBytes = ChunkBytes)
    {
        var chunks = new List<string>();
        for (var at = offset; at < content.Length; at += chunkBytes)
        {
            var length = (int)Math.Min(chunkBytes, content.Length - at);
            var isLast = at + length == content.Length;
            var chunk = new JsonObject
            {
                ["type"] = "chunk",
                ["file"] = file,
                ["offset"] = at,
                ["data"] = Convert.ToBase64String(content, (int)at, length),
            };
            if (isLast)
            {
                chunk["id"] = lastId;
            }

            chunks.Add(chunk.ToJsonString());
        }

        return chunks;
    }

    /// <summary>Shares a file, and returns the last answer and all frames before it.</summary>
    public static List<JsonObject> Share(FrameClient client, string name, byte[] content, int chunkBytes = ChunkBytes)
    {
        var upload = Announce(client, name, content);
        Assert.Equal("upload", (string?)upload["type"]);
        return SendRest(client, upload, content, chunkBytes);
    }

    /// <summary>Sends what is missing of a file, and returns the last answer and all frames before it.</summary>
    public static List<JsonObject> SendRest(FrameClient client, JsonObject upload, byte[] content, int chunkBytes = ChunkBytes)
    {
        var id = NextId();
        foreach (var chunk in Chunks((string)upload["file"]!, content, (long)upload["offset"]!, id, chunkBytes))
        {
            client.Send(chunk);
        }

        return client.ReadUntil(frame => (string?)frame["id"] == id || (string?)frame["type"] == "error");
    }

    /// <summary>Gets a whole file by its number, piece by piece.</summary>
    public static byte[] Get(FrameClient client, long number)
    {
        using var content = new MemoryStream();
        long size;
        do
        {
            var id = NextId();
            client.Send($$"""{"type":"get","number":{{number}},"offset":{{content.Length}},"id":"{{id}}"}""");
            var frames = client.ReadUntil(frame => (string?)frame["id"] == id);
            Assert.Equal("ok", (string?)frames[^1]["type"]);
            size = (long)frames.Single(static frame => (string?)frame["type"] == "file")["size"]!;
            foreach (var chunk in frames.Where(static frame => (string?)frame["type"] == "chunk"))
            {
                Assert.Equal(content.Length, (long)chunk["offset"]!);
                content.Write(Convert.FromBase64String((string)chunk["data"]!));
            }
        }
        while (content.Length < size);
        return content.ToArray();
    }

    /// <summary>Waits until a room has a file, and returns the facts about it.</summary>
    public static JsonObject WaitForFile(FrameClient client, string room)
    {
        var patience = new Patience();
        while (true)
        {
            client.Send($$"""{"type":"files","room":"{{room}}"}""");
            var list = client.ReadUntil(static frame => (string?)frame["type"] == "files")[^1];
            if (list["files"]!.AsArray() is [JsonObject file, ..])
            {
                return file;
            }

            patience.Check("a file is shared");
        }
    }

    private static string NextId() => "f" + Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
}
