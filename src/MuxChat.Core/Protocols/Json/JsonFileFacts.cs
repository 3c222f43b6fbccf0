using System.Text.Json;
using MuxChat.Core.Chat.Files;

namespace MuxChat.Core.Protocols.Json;

/// <summary>The facts about a file as fields of JSON, on frames, WebSockets and HTTP.</summary>
internal static class JsonFileFacts
{
    /// <summary>Writes the fields into an object that is open.</summary>
    public static void Write(SharedFile file, WireTime time, Utf8JsonWriter json)
    {
        json.WriteNumber("number"u8, file.Number);
        json.WriteString("file"u8, file.Id.ToBytes());
        json.WriteString("name"u8, file.Name);
        json.WriteNumber("size"u8, file.SizeBytes);
        json.WriteString("sha256"u8, Convert.ToHexStringLower(file.Sha256));
        json.WriteString("from"u8, file.From);
        json.WriteString("time"u8, time.Format(file.UnixMs));
        if (file.ImageType.Length > 0)
        {
            json.WriteString("image"u8, file.ImageType);
        }
    }
}
