using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The part of a content that a request asks for (RFC 9110, section 14).</summary>
/// <param name="Kind">Whether there is a part.</param>
/// <param name="First">The first byte, from 0.</param>
/// <param name="Length">The number of bytes.</param>
internal readonly record struct HttpRange(HttpRangeKind Kind, long First, long Length)
{
    // A longer number is beyond the end of every file.
    private const int MaxDigits = 18;

    private static ReadOnlySpan<byte> Unit => "bytes="u8;

    /// <summary>Reads the field Range.</summary>
    /// <remarks>
    /// A field that is no range of bytes is ignored, and so is one of several ranges: the client then gets the whole (section 14.2).
    /// No request can therefore make the server send many small parts.
    /// </remarks>
    /// <param name="values">The values of the field.</param>
    /// <param name="size">The length of the content, in bytes.</param>
    public static HttpRange Read(HttpFields values, long size)
    {
        var whole = new HttpRange(HttpRangeKind.Whole, 0, size);
        var value = values.Single();
        if (size == 0 || value.Length <= Unit.Length || !Ascii.EqualsIgnoreCase(value[..Unit.Length], Unit))
        {
            return whole;
        }

        var range = value[Unit.Length..].Trim(" \t"u8);
        var dash = range.IndexOf((byte)'-');
        if (dash < 0 || !TryRead(range[..dash], out var first) || !TryRead(range[(dash + 1)..], out var last) || range.Length == 1)
        {
            return whole;
        }

        if (dash == 0)
        {
            // The last bytes, or all if there are fewer.
            var length = Math.Min(last, size);
            return length == 0 ? new HttpRange(HttpRangeKind.Beyond, 0, 0) : new HttpRange(HttpRangeKind.Part, size - length, length);
        }

        var isOpen = dash == range.Length - 1;
        if (!isOpen && last < first)
        {
            return whole;
        }

        return first >= size ? new HttpRange(HttpRangeKind.Beyond, 0, 0)
            : new HttpRange(HttpRangeKind.Part, first, (isOpen ? size : Math.Min(last, size - 1) + 1) - first);
    }

    /// <summary>Reads Content-Range of a body that is a part: <c>bytes 5-9/10</c> (section 14.4).</summary>
    /// <param name="value">The value of the field.</param>
    /// <param name="part">The part.</param>
    /// <param name="size">The length of the whole.</param>
    /// <returns>False if the value has another form, or contradicts itself.</returns>
    public static bool TryReadContent(ReadOnlySpan<byte> value, out HttpRange part, out long size)
    {
        (part, size) = (default, 0);
        var unit = "bytes "u8;
        if (value.Length <= unit.Length || !Ascii.EqualsIgnoreCase(value[..unit.Length], unit))
        {
            return false;
        }

        value = value[unit.Length..];
        var (dash, slash) = (value.IndexOf((byte)'-'), value.IndexOf((byte)'/'));
        if (dash < 1 || slash < dash + 2 || slash == value.Length - 1 || !TryRead(value[..dash], out var first)
            || !TryRead(value[(dash + 1)..slash], out var last) || !TryRead(value[(slash + 1)..], out size)
            || last < first || last >= size)
        {
            return false;
        }

        part = new HttpRange(HttpRangeKind.Part, first, last - first + 1);
        return true;
    }

    // An empty text is 0. A number with too many digits is the largest.
    private static bool TryRead(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        digits = digits.TrimStart((byte)'0');
        if (digits.Length > MaxDigits)
        {
            value = long.MaxValue;
            return true;
        }

        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}

/// <summary>The kinds of <see cref="HttpRange"/>.</summary>
internal enum HttpRangeKind
{
    /// <summary>All of the content.</summary>
    Whole,

    /// <summary>A part.</summary>
    Part,

    /// <summary>Bytes beyond the end.</summary>
    Beyond,
}
