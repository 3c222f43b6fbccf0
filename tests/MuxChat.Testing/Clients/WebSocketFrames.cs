using System.Buffers.Binary;

namespace MuxChat.Testing.Clients;

/// <summary>Frames as a WebSocket client sends them (RFC 6455, section 5.2), right or wrong.</summary>
public static class WebSocketFrames
{
    public const int Continuation = 0;
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    /// <summary>One frame with a length in its shortest form.</summary>
    public static byte[] Of(int opcode, ReadOnlySpan<byte> content, bool isFinal = true, uint mask = 0x12AB_34CD, int reserved = 0)
    {
        var form = content.Length < 126 ? 0 : content.Length <= ushort.MaxValue ? 2 : 8;
        return Of(opcode, content, isFinal, mask, reserved, form, content.Length);
    }

    /// <summary>One frame whose length has this many bytes more than the short form, and this value.</summary>
    public static byte[] Of(int opcode, ReadOnlySpan<byte> content, bool isFinal, uint? mask, int reserved, int form, long length)
    {
        var frame = new List<byte> { (byte)((isFinal ? 0x80 : 0) | (reserved << 4) | opcode) };
        var masked = mask is null ? 0 : 0x80;
        frame.Add((byte)(masked | (form == 0 ? (int)length : form == 2 ? 126 : 127)));
        Span<byte> extra = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(extra, length);
        frame.AddRange(extra[^form..]);
        Span<byte> key = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(key, mask ?? 0);
        if (mask is not null)
        {
            frame.AddRange(key);
        }

        for (var i = 0; i < content.Length; i++)
        {
            frame.Add((byte)(content[i] ^ key[i % 4]));
        }

        return [.. frame];
    }

    /// <summary>A close frame with a code and a reason.</summary>
    public static byte[] CloseWith(int code, string reason = "")
    {
        byte[] content = [(byte)(code >> 8), (byte)code, .. System.Text.Encoding.UTF8.GetBytes(reason)];
        return Of(Close, content);
    }
}
