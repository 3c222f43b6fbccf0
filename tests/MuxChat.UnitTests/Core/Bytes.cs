using System.Text;

namespace MuxChat.UnitTests.Core;

/// <summary>Texts as bytes and back, so that tests can be read.</summary>
internal static class Bytes
{
    /// <summary>Each character is one byte: for streams that are not UTF-8.</summary>
    public static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    public static string Latin(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Utf8(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    public static byte[] Random(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A request or event of the frame protocol: the length, then the JSON.</summary>
    public static byte[] Frame(string json)
    {
        var body = Utf8(json);
        var frame = new byte[4 + body.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame, 4);
        return frame;
    }
}
