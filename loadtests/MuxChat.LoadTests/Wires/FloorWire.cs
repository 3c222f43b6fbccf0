using System.Buffers.Text;

namespace MuxChat.LoadTests.Wires;

/// <summary>
/// The floor, a broadcaster without names, rooms or commands: it puts <c>u7: </c> before each line and sends it to all. A line is of the
/// form <c>&lt;u3&gt; text</c>.
/// </summary>
/// <remarks>
/// The floor sends a line to its sender as well. The wire drops it. A ping is a line <c>?3 token</c> to all, of which the sender takes note
/// alone: when it comes back, the floor serves the client.
/// </remarks>
internal sealed class FloorWire(int index) : CommandWire
{
    private const byte Mark = (byte)'?';

    public override int Receive(Span<byte> bytes, IWireOwner owner)
    {
        var consumed = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = bytes[consumed..];
            var end = rest.IndexOf(LineFeed);
            if (end < 0)
            {
                return consumed;
            }

            consumed += end + 1;
            var line = rest[..end];
            var colon = line.IndexOf((byte)':');
            if (line[..Math.Max(0, colon)] is not [(byte)'u', ..] || colon + 2 > line.Length || line[colon + 1] != (byte)' ')
            {
                owner.Fail($"this is no line of the floor: {Show(line)}");
                return bytes.Length;
            }

            Hear(line[(colon + 2)..], owner);
        }
    }

    protected override void Join(ReadOnlySpan<byte> room)
    {
    }

    protected override void Part(ReadOnlySpan<byte> room)
    {
    }

    protected override void Ping(ReadOnlySpan<byte> token)
    {
        const int MaxDigits = 10;
        Out.Append([Mark]);
        Utf8Formatter.TryFormat(index, Out.Space(MaxDigits), out var digits);
        Out.Advance(digits);
        Put(" "u8, token);
    }

    protected override void Say(ReadOnlySpan<byte> text) => Put(Said, text);

    private void Put(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Out.Append(a);
        Out.Append(b);
        Out.Append("\n"u8);
    }

    private void Hear(ReadOnlySpan<byte> line, IWireOwner owner)
    {
        if (line is not [Mark, ..])
        {
            if (!IsOwn(line))
            {
                owner.OnLine(line);
            }
        }
        else if (Utf8Parser.TryParse(line[1..], out int pinged, out var digits) && pinged == index && line.Length > 1 + digits)
        {
            Pong(line[(2 + digits)..], owner);
        }
    }
}
