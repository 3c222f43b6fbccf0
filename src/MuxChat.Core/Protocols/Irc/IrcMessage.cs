using System.Runtime.CompilerServices;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// One line of a client's, cut into its parts: <c>[@tags] [:source] command [parameters] [:last]</c> (RFC 1459, section 2.3.1;
/// modern.ircdocs.horse, "Message Format"; IRCv3 message tags). Its spans point into the line.
/// </summary>
internal ref struct IrcMessage
{
    /// <summary>Parameters that are told apart: 15. What follows belongs to the last one.</summary>
    public const int MaxParameters = 15;

    private const byte Space = (byte)' ';

    private readonly ReadOnlySpan<byte> _line;
    private Cuts _parameters;

    private IrcMessage(ReadOnlySpan<byte> line) => _line = line;

    /// <summary>The tags without their <c>@</c>, still escaped; empty for none.</summary>
    public ReadOnlySpan<byte> Tags { get; private set; }

    /// <summary>What the client says it is, without the colon. A server does not believe it.</summary>
    public ReadOnlySpan<byte> Source { get; private set; }

    /// <summary>The command; empty when there is none.</summary>
    public ReadOnlySpan<byte> Command { get; private set; }

    /// <summary>How many parameters there are.</summary>
    public int Count { get; private set; }

    /// <summary>A parameter; empty beyond the last.</summary>
    public readonly ReadOnlySpan<byte> this[int index] => index < Count ? _line[_parameters[index]] : default;

    /// <summary>Cuts a line, which has no CR or LF in it. Never fails: what is missing is empty.</summary>
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
