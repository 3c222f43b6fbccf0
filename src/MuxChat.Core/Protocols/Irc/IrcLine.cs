using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// Builds one line for a client: at most 512 bytes with CR and LF, tags not counted (RFC 1459, section 2.3). Cuts a longer line between
/// characters. One object serves all clients, one thread at a time.
/// </summary>
internal sealed class IrcLine(IrcServer server)
{
    /// <summary>The longest line with CR and LF, without tags, in bytes: 512.</summary>
    public const int MaxBytes = 512;

    /// <summary>The longest line without CR and LF, in bytes: 510.</summary>
    public const int MaxContent = MaxBytes - 2;

    private readonly byte[] _bytes = new byte[MaxContent];
    private int _length;

    /// <summary>Bytes that still fit in the line.</summary>
    public int Free => MaxContent - _length;

    /// <summary>Starts an empty line.</summary>
    public IrcLine Begin()
    {
        _length = 0;
        return this;
    }

    /// <summary>Starts a numeric reply: <c>:server NNN nick</c>.</summary>
    public IrcLine Numeric(int number, ReadOnlySpan<byte> nick)
    {
        Begin().Put(":"u8).Put(server.Name).Put(" "u8);
        _bytes[_length++] = (byte)('0' + (number / 100));
        _bytes[_length++] = (byte)('0' + (number / 10 % 10));
        _bytes[_length++] = (byte)('0' + (number % 10));
        return Param(nick);
    }

    /// <summary>Appends a parameter without spaces.</summary>
    public IrcLine Param(ReadOnlySpan<byte> word) => Put(" "u8).Put(word);

    /// <summary>Appends a number as a parameter.</summary>
    public IrcLine Param(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var written);
        return Param(digits[..written]);
    }

    /// <summary>Appends the last parameter, which may contain spaces.</summary>
    public IrcLine Last(ReadOnlySpan<byte> text) => Put(" :"u8).Put(text);

    /// <summary>Appends the last parameter, as UTF-8.</summary>
    public IrcLine Last(string text) => Last(Encoding.UTF8.GetBytes(text));

    /// <summary>Appends bytes. Drops the characters that do not fit.</summary>
    public IrcLine Put(ReadOnlySpan<byte> bytes)
    {
        var fits = ChatText.Fit(bytes, Free);
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
