using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>The tags of a line: <c>key[=value]</c>, separated by semicolons (IRCv3 message tags, "Format" and "Escaping values").</summary>
internal static class IrcTags
{
    /// <summary>The longest label, in bytes: 64 (IRCv3 labeled responses, "Tag value"). A longer one is ignored.</summary>
    public const int MaxLabelBytes = 64;

    private const byte Escape = (byte)'\\';

    /// <summary>
    /// Returns the unescaped value of the last <c>label</c> tag. Returns null if there is none, or it is
    /// empty, too long, not UTF-8, or contains a control character.
    /// </summary>
    public static byte[]? Label(ReadOnlySpan<byte> tags)
    {
        byte[]? label = null;
        foreach (var range in tags.Split((byte)';'))
        {
            if (tags[range].StartsWith("label="u8))
            {
                label = Unescape(tags[range]["label=".Length..]);
            }
        }

        return label is { Length: > 0 and <= MaxLabelBytes } && ChatText.IsUtf8(label) && !ChatText.HasControl(label) ? label : null;
    }

    /// <summary>Copies the client-only tags, which begin with a plus sign, unchanged.</summary>
    /// <remarks>Leaves out the server's tags, malformed tags, and values with a control character, which must reach no terminal.</remarks>
    /// <returns>The number of bytes copied, at most the length of <paramref name="tags"/>.</returns>
    public static int CopyClientOnly(ReadOnlySpan<byte> tags, Span<byte> copy)
    {
        var length = 0;
        foreach (var range in tags.Split((byte)';'))
        {
            var tag = tags[range];
            if (!IsClientOnly(tag))
            {
                continue;
            }

            if (length > 0)
            {
                copy[length++] = (byte)';';
            }

            tag.CopyTo(copy[length..]);
            length += tag.Length;
        }

        return length;
    }

    /// <summary>Unescapes a value. Drops a backslash at the end or before a character that needs no escape.</summary>
    public static byte[] Unescape(ReadOnlySpan<byte> escaped)
    {
        var value = new byte[escaped.Length];
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != Escape)
            {
                value[length++] = escaped[i];
            }
            else if (++i < escaped.Length)
            {
                value[length++] = escaped[i] switch
                {
                    (byte)':' => (byte)';',
                    (byte)'s' => (byte)' ',
                    (byte)'r' => (byte)'\r',
                    (byte)'n' => (byte)'\n',
                    var other => other,
                };
            }
        }

        return value[..length];
    }

    /// <summary>Escapes a value.</summary>
    public static byte[] Escaped(ReadOnlySpan<byte> value)
    {
        var escaped = new List<byte>(value.Length);
        foreach (var one in value)
        {
            var letter = one switch
            {
                (byte)';' => ':',
                (byte)' ' => 's',
                (byte)'\r' => 'r',
                (byte)'\n' => 'n',
                Escape => '\\',
                _ => '\0',
            };
            if (letter != '\0')
            {
                escaped.Add(Escape);
            }

            escaped.Add(letter == '\0' ? one : (byte)letter);
        }

        return [.. escaped];
    }

    // The form is [vendor/]name: the vendor is a host, the name is letters, digits and hyphens.
    private static bool IsClientOnly(ReadOnlySpan<byte> tag)
    {
        var equals = tag.IndexOf((byte)'=');
        var key = equals < 0 ? tag : tag[..equals];
        var slash = key.IndexOf((byte)'/');
        return key.StartsWith("+"u8) && !ChatText.HasControl(tag)
            && IsName(slash < 0 ? key[1..] : key[(slash + 1)..], "-"u8) && (slash < 0 || IsName(key[1..slash], "-."u8));
    }

    private static bool IsName(ReadOnlySpan<byte> name, ReadOnlySpan<byte> others)
    {
        foreach (var one in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)one) && !others.Contains(one))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }
}
