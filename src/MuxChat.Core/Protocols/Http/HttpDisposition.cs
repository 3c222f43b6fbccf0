using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Writes and reads Content-Disposition, which names a file (RFC 6266, with names as in RFC 8187).</summary>
internal static class HttpDisposition
{
    // Every client encodes names in UTF-8 (RFC 8187, section 3.2.1); other encodings are not read.
    private static ReadOnlySpan<byte> Utf8Prefix => "UTF-8''"u8;

    // RFC 8187, section 3.2.1: attr-char.
    private static ReadOnlySpan<byte> Plain => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~"u8;

    /// <summary>Puts the field.</summary>
    /// <remarks>
    /// Both forms of the name are there: a quoted one in ASCII for old clients, and one that is percent-encoded. No byte of a name can end
    /// the quotes or the line.
    /// </remarks>
    /// <param name="head">The head.</param>
    /// <param name="isInline">Whether a browser may show the content. If not, it saves it.</param>
    /// <param name="name">The name, in UTF-8.</param>
    public static void Put(HttpHead head, bool isInline, ReadOnlySpan<byte> name)
    {
        head.Put("Content-Disposition: "u8).Put(isInline ? "inline"u8 : "attachment"u8).Put("; filename=\""u8);
        foreach (var one in name)
        {
            // A percent sign would be decoded by some clients (RFC 6266, appendix D). One character of several bytes becomes one sign.
            if ((one & 0xC0) != 0x80)
            {
                head.Put([one is >= (byte)' ' and < 0x7F && !"\"\\%"u8.Contains(one) ? one : (byte)'_']);
            }
        }

        head.Put("\"; filename*="u8).Put(Utf8Prefix);
        Span<byte> escape = stackalloc byte[3];
        foreach (var one in name)
        {
            if (Plain.Contains(one))
            {
                head.Put([one]);
                continue;
            }

            escape[0] = (byte)'%';
            Convert.TryToHexString([one], escape[1..], out _);
            head.Put(escape);
        }

        head.Put("\r\n"u8);
    }

    /// <summary>Reads the name from a value; the encoded form comes first (RFC 6266, section 4.3).</summary>
    /// <returns>The name in UTF-8; empty if there is none that can be read.</returns>
    public static byte[] ReadName(ReadOnlySpan<byte> value)
    {
        byte[] quoted = [];
        byte[] encoded = [];
        while (TryTakeParameter(ref value, out var name, out var content))
        {
            if (Ascii.EqualsIgnoreCase(name, "filename*"u8))
            {
                encoded = Decode(content);
            }
            else if (Ascii.EqualsIgnoreCase(name, "filename"u8) && ChatText.IsUtf8(content))
            {
                quoted = Unquote(content);
            }
        }

        return encoded.Length > 0 ? encoded : quoted;
    }

    // Takes what comes after the next semicolon that is not in quotes. The type before the first one does not matter.
    private static bool TryTakeParameter(ref ReadOnlySpan<byte> value, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> content)
    {
        name = default;
        content = default;
        var start = EndOf(value);
        if (start == value.Length)
        {
            return false;
        }

        value = value[(start + 1)..];
        var parameter = value[..EndOf(value)].Trim(" \t"u8);
        var equals = parameter.IndexOf((byte)'=');
        if (equals > 0)
        {
            name = parameter[..equals].Trim(" \t"u8);
            content = parameter[(equals + 1)..].Trim(" \t"u8);
        }

        return true;
    }

    // RFC 9110, section 5.6.4: in quotes, a backslash makes the next byte plain.
    private static int EndOf(ReadOnlySpan<byte> value)
    {
        var isQuoted = false;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == (byte)'\\' && isQuoted)
            {
                i++;
            }
            else if (value[i] == (byte)'"')
            {
                isQuoted = !isQuoted;
            }
            else if (value[i] == (byte)';' && !isQuoted)
            {
                return i;
            }
        }

        return value.Length;
    }

    private static byte[] Unquote(ReadOnlySpan<byte> content)
    {
        if (content.Length < 2 || content[0] != (byte)'"' || content[^1] != (byte)'"')
        {
            return content.ToArray();
        }

        var name = new List<byte>(content.Length);
        content = content[1..^1];
        for (var i = 0; i < content.Length; i++)
        {
            i += content[i] == (byte)'\\' && i < content.Length - 1 ? 1 : 0;
            name.Add(content[i]);
        }

        return [.. name];
    }

    // RFC 8187, section 3.2.1: UTF-8'language'value.
    private static byte[] Decode(ReadOnlySpan<byte> content)
    {
        var first = content.IndexOf((byte)'\'');
        var second = first < 0 ? -1 : content[(first + 1)..].IndexOf((byte)'\'');
        if (second < 0 || !Ascii.EqualsIgnoreCase(content[..first], Utf8Prefix[..^2]))
        {
            return [];
        }

        var rest = content[(first + second + 2)..];
        var name = new List<byte>(rest.Length);
        Span<byte> one = stackalloc byte[1];
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] != (byte)'%')
            {
                name.Add(rest[i]);
                continue;
            }

            if (i + 2 >= rest.Length
                || Convert.FromHexString(rest.Slice(i + 1, 2), one, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                return [];
            }

            name.Add(one[0]);
            i += 2;
        }

        return ChatText.IsUtf8([.. name]) ? [.. name] : [];
    }
}
