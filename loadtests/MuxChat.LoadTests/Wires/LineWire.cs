namespace MuxChat.LoadTests.Wires;

/// <summary>Lines as they are.</summary>
internal sealed class LineWire : IWire
{
    private const byte LineFeed = (byte)'\n';

    public void Send(ReadOnlySpan<byte> lines, IWireOwner owner) => owner.SendBytes(lines);

    public int Receive(Span<byte> bytes, IWireOwner owner)
    {
        var consumed = 0;
        while (true)
        {
            var rest = bytes[consumed..];
            var end = rest.IndexOf(LineFeed);
            if (end < 0)
            {
                return consumed;
            }

            owner.OnLine(rest[..end]);
            consumed += end + 1;
        }
    }
}
