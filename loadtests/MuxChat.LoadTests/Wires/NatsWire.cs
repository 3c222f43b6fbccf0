using System.Buffers.Text;

namespace MuxChat.LoadTests.Wires;

/// <summary>
/// NATS: a room is a subject, and a line is a message of the form <c>&lt;u3&gt; text</c>
/// (<see href="https://docs.nats.io/reference/reference-protocols/nats-protocol"/>).
/// </summary>
/// <remarks>
/// The server answers a ping after all that came before it, so the pong tells that a subscription is in effect. It sends no message to its
/// sender, because the wire has asked so.
/// </remarks>
internal sealed class NatsWire : CommandWire
{
    private const int MaxMessageBytes = 16 * 1024 * 1024;

    // A client has one subscription.
    private static readonly byte[] Subscription = "1"u8.ToArray();

    private readonly ByteBuffer _error = new();

    public override void Begin(IWireOwner owner)
    {
        Out.Append("CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":false}\r\n"u8);
        Flush(owner);
    }

    public override int Receive(Span<byte> bytes, IWireOwner owner)
    {
        var consumed = 0;
        while (true)
        {
            var rest = bytes[consumed..];
            var end = rest.IndexOf(LineFeed);
            if (end < 0)
            {
                break;
            }

            if (!TryHear(rest, end, owner, out var used))
            {
                owner.Fail($"this is no NATS: {Show(rest)}");
                return bytes.Length;
            }

            if (used == 0)
            {
                break;
            }

            consumed += used;
        }

        Flush(owner);
        return consumed;
    }

    protected override void Join(ReadOnlySpan<byte> room) => Put("SUB "u8, room, " "u8, Subscription);

    protected override void Part(ReadOnlySpan<byte> room) => Put("UNSUB "u8, Subscription);

    protected override void Ping(ReadOnlySpan<byte> token)
    {
        KeepPing(token);
        Put("PING"u8);
    }

    protected override void Say(ReadOnlySpan<byte> text)
    {
        const int MaxDigits = 10;
        Out.Append("PUB "u8);
        Out.Append(Room);
        Out.Append(" "u8);
        Utf8Formatter.TryFormat(Said.Length + text.Length, Out.Space(MaxDigits), out var digits);
        Out.Advance(digits);
        Put("\r\n"u8, Said, text);
    }

    private void Put(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b = default, ReadOnlySpan<byte> c = default, ReadOnlySpan<byte> d = default)
    {
        Out.Append(a);
        Out.Append(b);
        Out.Append(c);
        Out.Append(d);
        Out.Append("\r\n"u8);
    }

    // What is used is 0 when more has to come.
    private bool TryHear(Span<byte> bytes, int end, IWireOwner owner, out int used)
    {
        used = end + 1;
        if (end == 0 || bytes[end - 1] != (byte)'\r')
        {
            return false;
        }

        ReadOnlySpan<byte> line = bytes[..(end - 1)];
        if (line.StartsWith("MSG "u8))
        {
            return TryHearMessage(line, bytes, ref used, owner);
        }

        switch (line)
        {
            case var _ when line.SequenceEqual("PING"u8):
                Put("PONG"u8);
                return true;
            case var _ when line.SequenceEqual("PONG"u8):
                return TryPong(owner);
            case var _ when line.StartsWith("-ERR"u8):
                Fill(_error, "! "u8, line);
                owner.OnLine(_error.Bytes);
                return true;
            default:
                return line.StartsWith("INFO "u8) || line.SequenceEqual("+OK"u8);
        }
    }

    // MSG subject subscription [reply] length
    private static bool TryHearMessage(ReadOnlySpan<byte> line, ReadOnlySpan<byte> bytes, ref int used, IWireOwner owner)
    {
        var digits = line[(line.LastIndexOf((byte)' ') + 1)..];
        if (!Utf8Parser.TryParse(digits, out int length, out var read) || read != digits.Length || length is < 0 or > MaxMessageBytes)
        {
            return false;
        }

        var rest = bytes[used..];
        if (rest.Length < length + 2)
        {
            used = 0;
            return true;
        }

        if (rest[length] != (byte)'\r' || rest[length + 1] != LineFeed)
        {
            return false;
        }

        owner.OnLine(rest[..length]);
        used += length + 2;
        return true;
    }
}
