using System.Buffers.Binary;

namespace MuxChat.LoadTests.Wires;

/// <summary>JSON messages, each after its length in four bytes, big-endian.</summary>
internal sealed class FrameWire : IWire
{
    private const byte LineFeed = (byte)'\n';
    private const int HeaderBytes = 4;

    private readonly JsonLines _json = new();
    private readonly ByteBuffer _out = new();

    public void Send(ReadOnlySpan<byte> lines, IWireOwner owner)
    {
        _out.Clear();
        for (var end = lines.IndexOf(LineFeed); end >= 0; end = lines.IndexOf(LineFeed))
        {
            var message = _json.ToMessage(lines[..end]);
            BinaryPrimitives.WriteInt32BigEndian(_out.Space(HeaderBytes), message.Length);
            _out.Advance(HeaderBytes);
            _out.Append(message);
            lines = lines[(end + 1)..];
        }

        owner.SendBytes(_out.Bytes);
    }

    public int Receive(Span<byte> bytes, IWireOwner owner)
    {
        var consumed = 0;
        while (bytes.Length - consumed >= HeaderBytes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[consumed..]);
            if (length > bytes.Length - consumed - HeaderBytes)
            {
                break;
            }

            Deliver(bytes.Slice(consumed + HeaderBytes, (int)length), owner);
            consumed += HeaderBytes + (int)length;
        }

        return consumed;
    }

    private void Deliver(ReadOnlySpan<byte> message, IWireOwner owner)
    {
        var line = _json.ToLine(message);
        if (line.SequenceEqual("* ping"u8))
        {
            Send("/pong\n"u8, owner);
            return;
        }

        owner.OnLine(line);
    }
}
