using System.Buffers.Text;

namespace MuxChat.LoadTests.Wires;

/// <summary>
/// Reads values of RESP3, the protocol of Redis, from the front of what has arrived
/// (<see href="https://redis.io/docs/latest/develop/reference/protocol-spec/"/>).
/// </summary>
internal ref struct RespReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The largest length or number of elements that makes sense here. A larger one is a mistake.</summary>
    private const int MaxNumber = 16 * 1024 * 1024;

    private const int MaxDepth = 8;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes are read.</summary>
    public int Consumed { get; private set; }

    /// <summary>Whether the bytes are no RESP. Without that, a failed read means that more bytes have to come.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>Reads the first line of a value: its kind, and the text after it.</summary>
    public bool TryHead(out byte kind, out ReadOnlySpan<byte> text)
    {
        kind = 0;
        text = default;
        var rest = _bytes[Consumed..];
        var end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            return false;
        }

        if (end < 2 || rest[end - 1] != (byte)'\r')
        {
            return Wrong();
        }

        kind = rest[0];
        text = rest[1..(end - 1)];
        Consumed += end + 1;
        return true;
    }

    /// <summary>Reads a text with its length before it.</summary>
    public bool TryBulk(out ReadOnlySpan<byte> text)
    {
        text = default;
        return TryHead(out var kind, out var length) && (kind == (byte)'$' ? TryRest(length, out text) : Wrong());
    }

    /// <summary>Reads the text whose length the head had.</summary>
    public bool TryRest(ReadOnlySpan<byte> length, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TryNumber(length, out var count))
        {
            return false;
        }

        var rest = _bytes[Consumed..];
        if (rest.Length < count + 2)
        {
            return false;
        }

        if (rest[count] != (byte)'\r' || rest[count + 1] != (byte)'\n')
        {
            return Wrong();
        }

        text = rest[..count];
        Consumed += count + 2;
        return true;
    }

    /// <summary>Reads a length or a number of elements.</summary>
    public bool TryNumber(ReadOnlySpan<byte> text, out int number) =>
        (Utf8Parser.TryParse(text, out number, out var digits) && digits == text.Length && number is >= 0 and <= MaxNumber) || Wrong();

    /// <summary>Reads a value of any kind and drops it.</summary>
    public bool TrySkip(int depth = 0)
    {
        if (depth > MaxDepth)
        {
            return Wrong();
        }

        return TryHead(out var kind, out var text) && TrySkipRest(kind, text, depth);
    }

    /// <summary>Drops the rest of a value whose head was read.</summary>
    public bool TrySkipRest(byte kind, ReadOnlySpan<byte> text, int depth = 0)
    {
        switch (kind)
        {
            case (byte)'+' or (byte)'-' or (byte)':' or (byte)'_' or (byte)'#' or (byte)',' or (byte)'(':
                return true;
            case (byte)'$' or (byte)'=' or (byte)'!':
                return TryRest(text, out _);
            case (byte)'*' or (byte)'~' or (byte)'>' or (byte)'%':
                if (!TryNumber(text, out var count))
                {
                    return false;
                }

                var values = kind == (byte)'%' ? 2 * count : count;
                for (var i = 0; i < values; i++)
                {
                    if (!TrySkip(depth + 1))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return Wrong();
        }
    }

    private bool Wrong()
    {
        IsWrong = true;
        return false;
    }
}
