using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The fields of a head that was parsed without a fault: an enumerable of the values of one name, in order of arrival.</summary>
/// <param name="lines">The field lines, each with its CR and LF.</param>
/// <param name="name">The name, in lower case.</param>
internal ref struct HttpFields(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> name)
{
    private readonly ReadOnlySpan<byte> _name = name;
    private ReadOnlySpan<byte> _lines = lines;

    /// <summary>The value found last, without blanks around it.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly HttpFields GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_lines.IsEmpty)
        {
            var end = _lines.IndexOf("\r\n"u8);
            var line = _lines[..end];
            _lines = _lines[(end + 2)..];
            if (line.Length > _name.Length && line[_name.Length] == (byte)':' && Ascii.EqualsIgnoreCase(line[.._name.Length], _name))
            {
                Current = line[(_name.Length + 1)..].Trim(" \t"u8);
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of the values is a list that holds this token, in any case.</summary>
    public readonly bool HaveToken(ReadOnlySpan<byte> token)
    {
        foreach (var value in this)
        {
            foreach (var element in new HttpList(value))
            {
                if (Ascii.EqualsIgnoreCase(element, token))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The value, if there is exactly one. If not, it is empty.</summary>
    public readonly ReadOnlySpan<byte> Single()
    {
        var fields = this;
        if (!fields.MoveNext())
        {
            return default;
        }

        var value = fields.Current;
        return fields.MoveNext() ? default : value;
    }

    /// <summary>The number of values.</summary>
    public readonly int Count()
    {
        var count = 0;
        foreach (var _ in this)
        {
            count++;
        }

        return count;
    }
}

/// <summary>
/// The elements of a list in a field (RFC 9110, section 5.6.1), without empty ones. A comma in quotes is part of its element.
/// </summary>
/// <param name="value">The value of the field.</param>
internal ref struct HttpList(ReadOnlySpan<byte> value)
{
    private ReadOnlySpan<byte> _rest = value;

    /// <summary>The element found last, without blanks around it.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly HttpList GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = EndOfElement(_rest);
            Current = _rest[..end].Trim(" \t"u8);
            _rest = end < _rest.Length ? _rest[(end + 1)..] : default;
            if (!Current.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private static int EndOfElement(ReadOnlySpan<byte> rest)
    {
        var isQuoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == (byte)'"')
            {
                isQuoted = !isQuoted;
            }
            else if (rest[i] == (byte)',' && !isQuoted)
            {
                return i;
            }
        }

        return rest.Length;
    }
}
