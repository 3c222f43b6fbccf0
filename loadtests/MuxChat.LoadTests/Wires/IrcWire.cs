using System.Buffers.Text;

namespace MuxChat.LoadTests.Wires;

/// <summary>IRC (RFC 1459 and 2812): the commands that a room needs.</summary>
/// <param name="index">Tells the nick of a client that takes none: IRC has no client without a nick.</param>
internal sealed class IrcWire(int index) : CommandWire
{
    private const int Welcome = 1;
    private const int EndOfNames = 366;
    private const int NoMotd = 422;
    private const int FirstError = 400;
    private const int LastError = 599;

    private readonly ByteBuffer _early = new();
    private readonly ByteBuffer _line = new();
    private bool _hasNick;
    private bool _isWelcome;
    private bool _isLeaving;

    public override int Receive(Span<byte> bytes, IWireOwner owner)
    {
        var consumed = 0;
        while (true)
        {
            var rest = bytes[consumed..];
            var end = rest.IndexOf(LineFeed);
            if (end < 0)
            {
                Flush(owner);
                return consumed;
            }

            consumed += end + 1;
            var line = rest[..(end > 0 && rest[end - 1] == (byte)'\r' ? end - 1 : end)];

            // RFC 1459, section 2.3.1: empty lines are ignored.
            if (!line.IsEmpty && !TryHear(line, owner))
            {
                owner.Fail($"this is no line of IRC: {Show(line)}");
                return bytes.Length;
            }
        }
    }

    // Some servers take commands only from clients that they have welcomed.
    protected override void SendLine(ReadOnlySpan<byte> line)
    {
        if (_isWelcome || line.StartsWith("/nick "u8))
        {
            base.SendLine(line);
            return;
        }

        if (!_hasNick)
        {
            Span<byte> nick = stackalloc byte[16];
            nick[0] = (byte)'g';
            Utf8Formatter.TryFormat(index, nick[1..], out var digits);
            Name(nick[..(1 + digits)]);
        }

        _early.Append(line);
        _early.Append("\n"u8);
    }

    protected override void Name(ReadOnlySpan<byte> nick)
    {
        Put("NICK "u8, nick);
        if (!_hasNick)
        {
            _hasNick = true;
            Put("USER "u8, nick, " 0 * :load"u8);
        }
    }

    protected override void Join(ReadOnlySpan<byte> room)
    {
        AwaitJoin();
        Put("JOIN "u8, room);
    }

    protected override void Part(ReadOnlySpan<byte> room) => Put("PART "u8, room);

    protected override void Ping(ReadOnlySpan<byte> token) => Put("PING :"u8, token);

    protected override void Say(ReadOnlySpan<byte> text)
    {
        Out.Append("PRIVMSG "u8);
        Out.Append(Room);
        Put(" :"u8, text);
    }

    protected override void Quit()
    {
        _isLeaving = true;
        Put("QUIT"u8);
    }

    private void Put(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b = default, ReadOnlySpan<byte> c = default)
    {
        Out.Append(a);
        Out.Append(b);
        Out.Append(c);
        Out.Append("\r\n"u8);
    }

    // Prefix, command, parameters. False when there is no command.
    private bool TryHear(Span<byte> line, IWireOwner owner)
    {
        var source = Span<byte>.Empty;
        var rest = line;
        if (line[0] == (byte)':')
        {
            source = Cut(line[1..], out rest);
        }

        var command = Cut(rest, out var parameters);
        if (command.IsEmpty)
        {
            return false;
        }

        if (command.SequenceEqual("PRIVMSG"u8))
        {
            return TryHearSaid(line, NickOf(source), parameters, owner);
        }

        if (command.Length == 3 && Utf8Parser.TryParse(command, out int numeric, out var digits) && digits == 3)
        {
            HearNumeric(numeric, rest, owner);
        }
        else
        {
            HearCommand(command, NickOf(source), parameters, rest, owner);
        }

        return true;
    }

    // The line for the client is made in place: it is shorter than what IRC has before the text.
    private static bool TryHearSaid(Span<byte> line, Span<byte> nick, Span<byte> parameters, IWireOwner owner)
    {
        var room = Cut(parameters, out var text);
        if (nick.IsEmpty || room.IsEmpty || text.IsEmpty)
        {
            return false;
        }

        var start = line.Length - WithoutColon(text).Length;
        var said = line[(start - nick.Length - "<> ".Length)..];
        nick.CopyTo(said[1..]);
        said[0] = (byte)'<';
        "> "u8.CopyTo(said[(1 + nick.Length)..]);
        owner.OnLine(said);
        return true;
    }

    private void HearNumeric(int numeric, ReadOnlySpan<byte> text, IWireOwner owner)
    {
        if (numeric == Welcome)
        {
            _isWelcome = true;
            Send(_early.Bytes, owner);
            _early.Clear();
        }
        else if (numeric == EndOfNames)
        {
            ConfirmJoin();
        }
        else if (numeric is >= FirstError and <= LastError and not NoMotd)
        {
            Tell("! "u8, text, default, default, owner);
        }
    }

    private void HearCommand(ReadOnlySpan<byte> command, ReadOnlySpan<byte> nick, ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> text,
        IWireOwner owner)
    {
        switch (command)
        {
            case var _ when command.SequenceEqual("PING"u8):
                Put("PONG "u8, parameters);
                break;
            case var _ when command.SequenceEqual("PONG"u8):
                var space = parameters.IndexOf((byte)' ');
                Pong(WithoutColon(parameters[(space + 1)..]), owner);
                break;
            case var _ when command.SequenceEqual("JOIN"u8):
                Tell("* "u8, nick, " joined "u8, WithoutColon(parameters), owner);
                break;
            case var _ when command.SequenceEqual("PART"u8):
                Tell("* "u8, nick, " left "u8, parameters, owner);
                break;
            case var _ when command.SequenceEqual("QUIT"u8):
                Tell("* "u8, nick, " quit"u8, default, owner);
                break;
            case var _ when command.SequenceEqual("ERROR"u8) && !_isLeaving:
                Tell("! "u8, text, default, default, owner);
                break;
        }
    }

    private void Tell(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d, IWireOwner owner)
    {
        Fill(_line, a, b, c);
        _line.Append(d);
        owner.OnLine(_line.Bytes);
    }

    // The word before the next space; the rest is empty without one.
    private static Span<byte> Cut(Span<byte> text, out Span<byte> rest)
    {
        var space = text.IndexOf((byte)' ');
        rest = space < 0 ? [] : text[(space + 1)..];
        return space < 0 ? text : text[..space];
    }

    private static Span<byte> NickOf(Span<byte> source)
    {
        var end = source.IndexOf((byte)'!');
        return end < 0 ? source : source[..end];
    }

    private static ReadOnlySpan<byte> WithoutColon(ReadOnlySpan<byte> text) => text.StartsWith(":"u8) ? text[1..] : text;
}
