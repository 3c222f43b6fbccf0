using System.Buffers.Binary;

namespace MuxChat.Testing.Clients;

/// <summary>Frames as a WebSocket client sends them (RFC 6455, section 5.2), right or wrong, and the reader of a server's frames.</summary>
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

    /// <summary>Reads a frame of a server: a whole message, without mask or reserved bits, its length in the shortest form.</summary>
    /// <param name="read">Reads as many bytes as it is asked for; fewer at the end of the connection.</param>
    public static (int Opcode, byte[] Content) ReadFrame(Func<int, byte[]> read)
    {
        var head = read(2);
        Assert.True(head.Length == 2, "the connection ended where a frame was expected");
        Assert.Equal(0x80, head[0] & 0xF0);
        var length = (int)head[1];
        Assert.True(length <= 126, "a mask, or a length of eight bytes");
        if (length == 126)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(read(2));
            Assert.True(length >= 126, $"{length} in two bytes");
        }

        var content = read(length);
        Assert.Equal(length, content.Length);
        return (head[0] & 0xF, content);
    }

    /// <summary>Reads frames of a server, the last of which is whole.</summary>
    public static List<(int Opcode, byte[] Content)> ReadFrames(byte[] bytes)
    {
        var frames = new List<(int Opcode, byte[] Content)>();
        for (var start = 0; start < bytes.Length;)
        {
            frames.Add(ReadFrame(count => bytes[start..Math.Min(start += count, bytes.Length)]));
        }

        return frames;
    }
}
