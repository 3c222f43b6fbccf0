using System.Buffers.Text;

namespace MuxChat.Core.Chat;

/// <summary>
/// The id of a message that is no event of a room: a private message, a message to a room's ranks, tags without a text, a CTCP request.
/// </summary>
/// <remarks>
/// On the wire it is <c>mSERIES-NUMBER</c>. The letter keeps it apart from the id of a room's event, which is epoch and number. The series
/// is drawn like an epoch when the server starts, so that ids do not come again after a restart.
/// </remarks>
/// <param name="Series">The random number of this run of the server; 0 for no id.</param>
/// <param name="Number">The number of the message in this run: 1, 2, 3 ...</param>
public readonly record struct MessageId(long Series, long Number)
{
    /// <summary>The first byte of every such id.</summary>
    public const byte Mark = (byte)'m';

    /// <summary>Whether there is an id.</summary>
    public bool IsSet => Series != 0;

    /// <summary>Reads an id in its form on the wire. False if the bytes are no such id.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out MessageId id)
    {
        var isMarked = TryReadPair(text.StartsWith([Mark]) ? text[1..] : default, out var series, out var number);
        id = isMarked ? new MessageId(series, number) : default;
        return isMarked;
    }

    /// <summary>Reads two numbers above 0 with a hyphen between: the id of a room's event, or one of these without its letter.</summary>
    internal static bool TryReadPair(ReadOnlySpan<byte> text, out long first, out long second)
    {
        var dash = text.IndexOf((byte)'-');
        second = 0;
        return TryReadNumber(dash < 0 ? default : text[..dash], out first) && TryReadNumber(text[(dash + 1)..], out second);
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        return !digits.IsEmpty && char.IsAsciiDigit((char)digits[0])
            && Utf8Parser.TryParse(digits, out number, out var used) && used == digits.Length && number > 0;
    }
}
