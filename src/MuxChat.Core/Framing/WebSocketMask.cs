using System.Numerics;
using System.Runtime.InteropServices;

namespace MuxChat.Core.Framing;

/// <summary>Removes the mask of a client's frame (RFC 6455, section 5.3). Masking twice gives the bytes again.</summary>
internal static class WebSocketMask
{
    /// <summary>The length of a mask, in bytes: 4.</summary>
    public const int Bytes = sizeof(uint);

    /// <summary>Combines the content with its mask, in place.</summary>
    /// <param name="content">The content, from its first byte.</param>
    /// <param name="mask">The 4 bytes of the mask, as the machine reads them from memory.</param>
    public static void Apply(Span<byte> content, uint mask)
    {
        var done = 0;
        if (Vector.IsHardwareAccelerated && content.Length >= Vector<byte>.Count)
        {
            var pattern = Vector.AsVectorByte(new Vector<uint>(mask));
            var blocks = MemoryMarshal.Cast<byte, Vector<byte>>(content);
            foreach (ref var block in blocks)
            {
                block ^= pattern;
            }

            done = blocks.Length * Vector<byte>.Count;
        }

        Span<byte> key = stackalloc byte[Bytes];
        MemoryMarshal.Write(key, mask);
        for (var i = done; i < content.Length; i++)
        {
            content[i] ^= key[i % Bytes];
        }
    }
}
