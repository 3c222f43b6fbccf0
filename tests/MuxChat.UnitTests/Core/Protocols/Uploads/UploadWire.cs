using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MuxChat.UnitTests.Core.Protocols.Uploads;

/// <summary>Headers and answers of <c>upload://</c> as bytes.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Clients give MD5.")]
internal static class UploadWire
{
    public static string Facts(byte[] bytes, string hash)
    {
        var value = hash switch
        {
            "md5" => $",\"hash\":\"{Convert.ToHexStringLower(MD5.HashData(bytes))}\"",
            "sha256" => $",\"hash\":\"{Convert.ToHexString(SHA256.HashData(bytes))}\"",
            "null" => ",\"hash\":null",
            _ => "",
        };
        return $"{{\"data_size\":{bytes.Length}{value},\"filename\":\"a.txt\"}}";
    }

    public static byte[] Header(bool isLittle, string json) => Header(isLittle, Bytes.Utf8(json));

    public static byte[] Header(bool isLittle, byte[] json)
    {
        var length = new byte[4];
        Write(length, json.Length, isLittle);
        return [.. length, .. json];
    }

    private static void Write(Span<byte> length, int value, bool isLittle)
    {
        if (isLittle)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, value);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(length, value);
        }
    }

    public static JsonObject[] ReadAnswers(string read, bool isLittle)
    {
        var bytes = Bytes.Latin(read).AsSpan();
        var answers = new List<JsonObject>();
        while (bytes.Length > 0)
        {
            var length = isLittle ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : BinaryPrimitives.ReadInt32BigEndian(bytes);
            answers.Add(JsonNode.Parse(bytes.Slice(4, length))!.AsObject());
            bytes = bytes[(4 + length)..];
        }

        return [.. answers];
    }
}
