using System.Runtime.CompilerServices;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// One line from a client, split into its parts: <c>[@tags] [:source] command [parameters] [:last]</c>. See RFC 1459, section 2.3.1;
/// modern.ircdocs.horse, "Message Format"; IRCv3 message tags. The spans point into the line.
/// </summary>
internal ref struct IrcMessage
{
    /// <summary>The most parameters: 15. The last one takes the rest of the line.</summary>
    public const int MaxParameters = 15;

    private const byte Space = (byte)' ';

    private readonly ReadOnlySpan<byte> _line;
    private Cuts _parameters;

    private IrcMessage(ReadOnlySpan<byte> line) => _line = line;

    /// <summary>The tags without <c>@</c>, still escaped; empty when there are none.</summary>
    public ReadOnlySpan<byte> Tags { get; private set; }

    /// <summary>The source that the client claims, without the colon. The server ignores it.</summary>
    public ReadOnlySpan<byte> Source { get; private set; }

    /// <summary>The command; empty when there is none.</summary>
    public ReadOnlySpan<byte> Command { get; private set; }

    /// <summary>The number of parameters.</summary>
    public int Count { get; private set; }

    /// <summary>A parameter by index; empty after the last.</summary>
    public readonly ReadOnlySpan<byte> this[int index] => index < Count ? _line[_parameters[index]] : default;

    /// <summary>Returns the tags of a line, as <see cref="Tags"/>. The line need not be UTF-8.</summary>
    public static ReadOnlySpan<byte> TagsOf(ReadOnlySpan<byte> line)
    {
        var at = SkipSpaces(line, 0);
        return at < line.Length && line[at] == (byte)'@' ? line[(at + 1)..WordEnd(line, at)] : default;
    }

    /// <summary>Splits a line without CR and LF. Never fails: a missing part is empty.</summary>
    public static IrcMessage Parse(ReadOnlySpan<byte> line)
    {
        var message = new IrcMessage(line);
        var at = SkipSpaces(line, 0);
        if (at < line.Length && line[at] == (byte)'@')
        {
            var end = WordEnd(line, at);
            message.Tags = line[(at + 1)..end];
            at = SkipSpaces(line, end);
        }

        if (at < line.Length && line[at] == (byte)':')
        {
            var end = WordEnd(line, at);
            message.Source = line[(at + 1)..end];
            at = SkipSpaces(line, end);
        }

        var commandEnd = WordEnd(line, at);
        message.Command = line[at..commandEnd];
        message.CutParameters(SkipSpaces(line, commandEnd));
        return message;
    }

    private void CutParameters(int at)
    {
        while (at < _line.Length)
        {
            if (_line[at] == (byte)':')
            {
                _parameters[Count++] = (at + 1).._line.Length;
                return;
            }

            var end = Count == MaxParameters - 1 ? _line.Length : WordEnd(_line, at);
            _parameters[Count++] = at..end;
            at = SkipSpaces(_line, end);
        }
    }

    private static int SkipSpaces(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] == Space)
        {
            at++;
        }

        return at;
    }

    private static int WordEnd(ReadOnlySpan<byte> line, int at)
    {
        var length = line[at..].IndexOf(Space);
        return length < 0 ? line.Length : at + length;
    }

    [InlineArray(MaxParameters)]
    private struct Cuts
    {
        private Range _first;
    }
}
