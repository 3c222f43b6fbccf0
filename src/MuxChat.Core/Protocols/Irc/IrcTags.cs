using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>The tags before a line: <c>key[=value]</c>, a semicolon between (IRCv3 message tags, "Format" and "Escaping values").</summary>
internal static class IrcTags
{
    /// <summary>The longest label in bytes: 64 (IRCv3 labeled responses, "Tag value").</summary>
    public const int MaxLabelBytes = 64;

    private const byte Escape = (byte)'\\';

    /// <summary>The value of the tag <c>label</c>, without escapes: of several the last. Null for none, an empty one, and one that is too long or holds a control character.</summary>
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

        return label is { Length: > 0 and <= MaxLabelBytes } && !ChatText.HasControl(label) ? label : null;
    }

    /// <summary>A value as it is meant. A backslash before any other character, or at the end, is left out.</summary>
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

    /// <summary>A value as it is written.</summary>
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
}
