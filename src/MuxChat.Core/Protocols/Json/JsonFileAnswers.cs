using System.Text.Json;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Json;

/// <summary>The answers of the JSON protocol about files. Contents are in base64 (RFC 4648).</summary>
internal sealed class JsonFileAnswers(IFraming framing) : IFileAnswers
{
    /// <summary>Bytes of a file in one message: 45,000, which are 60,000 digits of base64, so that a message fits a segment.</summary>
    private const int MaxChunkBytes = 45_000;

    /// <summary>Bytes of a client's message around the digits of a chunk: 256.</summary>
    private const int BytesAroundChunk = 256;

    private readonly SegmentWriter _writer = new(new SegmentPool());
    private readonly JsonFrame _frame = new(framing);
    private readonly WireTime _time = new();

    // A client's other requests wait until the answer ends, so one answer is short: 1 MiB.
    public long MaxBytesPerRequest => 1024 * 1024;

    public int PartBytes => MaxChunkBytes;

    // Four digits are three bytes. A server whose frames are so short that no chunk fits one takes the bytes over HTTP alone.
    private int ChunkBytes => Math.Clamp((framing.MaxBytes - BytesAroundChunk) / 4 * 3, 1, MaxChunkBytes);

    public ReadOnlySpan<byte> Upload(Upload upload, FileId key)
    {
        var json = Begin();
        json.WriteString("type"u8, "upload"u8);
        json.WriteString("file"u8, upload.Id.ToBytes());
        json.WriteString("name"u8, upload.Name);
        json.WriteNumber("offset"u8, upload.ReceivedBytes);
        json.WriteNumber("chunk_bytes"u8, ChunkBytes);
        json.WriteString("key"u8, key.ToBytes());
        json.WriteString("path"u8, FileLink.PathOf(upload, key));
        return End();
    }

    public ReadOnlySpan<byte> List(Room room, ReadOnlySpan<SharedFile> part, int total, bool hasMore)
    {
        var json = Begin();
        json.WriteString("type"u8, "files"u8);
        json.WriteString("room"u8, room.Name);
        json.WriteStartArray("files"u8);
        foreach (var file in part)
        {
            json.WriteStartObject();
            JsonFileFacts.Write(file, _time, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("total"u8, total);
        json.WriteBoolean("more"u8, hasMore);
        return End();
    }

    public ReadOnlySpan<byte> Head(SharedFile file, long offset, long length, ReadOnlySpan<byte> link)
    {
        var json = Begin();
        json.WriteString("type"u8, "file"u8);
        json.WriteString("room"u8, file.Room);
        JsonFileFacts.Write(file, _time, json);
        json.WriteNumber("offset"u8, offset);
        json.WriteNumber("length"u8, length);
        json.WriteString("link"u8, link);
        return End();
    }

    public ReadOnlySpan<byte> Part(SharedFile file, long offset, ReadOnlySpan<byte> bytes, bool isLast)
    {
        var json = Begin();
        json.WriteString("type"u8, "chunk"u8);
        json.WriteString("file"u8, file.Id.ToBytes());
        json.WriteNumber("offset"u8, offset);
        json.WriteBase64String("data"u8, bytes);
        return End();
    }

    private Utf8JsonWriter Begin()
    {
        _writer.Begin();
        return _frame.Begin(_writer);
    }

    private ReadOnlySpan<byte> End()
    {
        _frame.End(_writer);
        return _writer.Commit().Span;
    }
}
