namespace MuxChat.Core.Framing;

/// <summary>
/// Converts between UTF-8 (RFC 3629) and Java's modified UTF-8 (<c>java.io.DataInput</c>), in place.
/// </summary>
/// <remarks>
/// The two differ in two points. NUL has two bytes in modified UTF-8, C0 80. A character beyond U+FFFF is a surrogate pair, with three
/// bytes for each half. Bytes that are neither form stay as they are, so a text that is no UTF-8 does not become one.
/// </remarks>
internal static class ModifiedUtf8
{
    // Bytes of a character beyond U+FFFF in each form, and of one half of its surrogate pair.
    private const int FourBytes = 4;
    private const int PairBytes = 6;
    private const int HalfBytes = 3;

    private const byte FirstFourByteLead = 0xF0;
    private const byte SurrogateLead = 0xED;
    private const byte NulLead = 0xC0;
    private const byte Continuation = 0x80;
    private const int HighSurrogate = 0xD800;
    private const int LowSurrogate = 0xDC00;
    private const int FirstBeyond = 0x10000;

    /// <summary>Converts modified UTF-8 to UTF-8 at the front of <paramref name="bytes"/>. Returns its length.</summary>
    public static int Decode(Span<byte> bytes)
    {
        var from = bytes.IndexOfAny(NulLead, SurrogateLead);
        if (from < 0)
        {
            return bytes.Length;
        }

        var to = from;
        while (from < bytes.Length)
        {
            if (bytes[from] == NulLead && from + 1 < bytes.Length && bytes[from + 1] == Continuation)
            {
                bytes[to++] = 0;
                from += 2;
            }
            else if (IsHalf(bytes[from..], HighSurrogate, out var high) && IsHalf(bytes[(from + HalfBytes)..], LowSurrogate, out var low))
            {
                var character = FirstBeyond + (high << 10) + low;
                bytes[to++] = (byte)(FirstFourByteLead | (character >> 18));
                bytes[to++] = ContinuationOf(character >> 12);
                bytes[to++] = ContinuationOf(character >> 6);
                bytes[to++] = ContinuationOf(character);
                from += PairBytes;
            }
            else
            {
                bytes[to++] = bytes[from++];
            }
        }

        return to;
    }

    /// <summary>Returns how many bytes longer a text is in modified UTF-8.</summary>
    public static int ExtraBytes(ReadOnlySpan<byte> utf8)
    {
        var extra = utf8.Count((byte)0);
        if (utf8.IndexOfAnyInRange(FirstFourByteLead, byte.MaxValue) < 0)
        {
            return extra;
        }

        for (var at = utf8.Length; at > 0; at--)
        {
            if (IsBeyond(utf8[..at]))
            {
                extra += PairBytes - FourBytes;
                at -= FourBytes - 1;
            }
        }

        return extra;
    }

    /// <summary>Converts UTF-8 to modified UTF-8.</summary>
    /// <param name="bytes">The text in UTF-8, and after it as many bytes as <see cref="ExtraBytes"/> said, which the text fills.</param>
    /// <param name="extra">The number of those bytes.</param>
    public static void Encode(Span<byte> bytes, int extra)
    {
        var to = bytes.Length;
        for (var from = bytes.Length - extra; from > 0;)
        {
            if (IsBeyond(bytes[..from]))
            {
                var four = bytes[(from - FourBytes)..from];
                var beyond = ((four[0] & 0x07) << 18 | (four[1] & 0x3F) << 12 | (four[2] & 0x3F) << 6 | (four[3] & 0x3F)) - FirstBeyond;
                to = PutHalf(bytes, to, LowSurrogate | (beyond & 0x3FF));
                to = PutHalf(bytes, to, HighSurrogate | (beyond >> 10));
                from -= FourBytes;
            }
            else if (bytes[--from] == 0)
            {
                bytes[--to] = Continuation;
                bytes[--to] = NulLead;
            }
            else
            {
                bytes[--to] = bytes[from];
            }
        }
    }

    // Whether the bytes end with a character beyond U+FFFF.
    private static bool IsBeyond(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= FourBytes && bytes[^FourBytes] is >= FirstFourByteLead and <= 0xF4
        && System.Text.Rune.DecodeFromUtf8(bytes[^FourBytes..], out _, out var used) == System.Buffers.OperationStatus.Done
        && used == FourBytes;

    private static bool IsHalf(ReadOnlySpan<byte> bytes, int kind, out int bits)
    {
        bits = 0;
        if (bytes.Length < HalfBytes || bytes[0] != SurrogateLead || (bytes[1] & 0xC0) != Continuation || (bytes[2] & 0xC0) != Continuation)
        {
            return false;
        }

        var unit = 0xD000 | (bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
        bits = unit & 0x3FF;
        return (unit & 0xFC00) == kind;
    }

    private static int PutHalf(Span<byte> bytes, int end, int unit)
    {
        bytes[end - 1] = ContinuationOf(unit);
        bytes[end - 2] = ContinuationOf(unit >> 6);
        bytes[end - HalfBytes] = SurrogateLead;
        return end - HalfBytes;
    }

    private static byte ContinuationOf(int bits) => (byte)(Continuation | (bits & 0x3F));
}
