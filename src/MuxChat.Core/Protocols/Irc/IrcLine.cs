using System.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// Builds one line to a client: at most 512 bytes with its CR and LF (RFC 1459, section 2.3), the tags not counted, and cut on a
/// character's boundary where it would be longer. One object serves all clients; it is used by one thread at a time.
/// </summary>
internal sealed class IrcLine
{
    /// <summary>The longest line without tags, with its CR and LF: 512.</summary>
    public const int MaxBytes = 512;

    /// <summary>The longest line without its end: 510 bytes.</summary>
    public const int MaxContent = MaxBytes - 2;

    private readonly byte[] _bytes = new byte[MaxContent];
    private int _length;

    /// <summary>Bytes that still fit.</summary>
    public int Free => MaxContent - _length;

    /// <summary>Starts a line.</summary>
    public IrcLine Begin()
    {
        _length = 0;
        return this;
    }

    /// <summary>Starts a numeric reply: <c>:server NNN nick</c>.</summary>
    public IrcLine Numeric(int number, ReadOnlySpan<byte> nick)
    {
        Begin().Put(":"u8).Put(IrcServer.Name).Put(" "u8);
        _bytes[_length++] = (byte)('0' + (number / 100));
        _bytes[_length++] = (byte)('0' + (number / 10 % 10));
        _bytes[_length++] = (byte)('0' + (number % 10));
        return Param(nick);
    }

    /// <summary>A parameter without spaces.</summary>
    public IrcLine Param(ReadOnlySpan<byte> word) => Put(" "u8).Put(word);

    /// <summary>A parameter that is a number.</summary>
    public IrcLine Param(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var written);
        return Param(digits[..written]);
    }

    /// <summary>The last parameter, which may hold anything.</summary>
    public IrcLine Last(ReadOnlySpan<byte> text) => Put(" :"u8).Put(text);

    /// <summary>The last parameter.</summary>
    public IrcLine Last(string text) => Last(Encoding.UTF8.GetBytes(text));

    /// <summary>Adds bytes; what does not fit is left off, whole characters only.</summary>
    public IrcLine Put(ReadOnlySpan<byte> bytes)
    {
        var fits = IrcText.Fit(bytes, Free);
        bytes[..fits].CopyTo(_bytes.AsSpan(_length));
        _length += fits;
        return this;
    }

    /// <summary>Ends the line and queues it.</summary>
    public void SendTo(IClientOutput output)
    {
        output.SendMessage(_bytes.AsSpan(0, _length));
        _length = 0;
    }
}
