using System.Buffers.Text;

namespace MuxChat.LoadTests.Wires;

/// <summary>
/// Redis's publish and subscribe: a room is a channel, and a line is a message of the form <c>&lt;u3&gt; text</c>. RESP3, in which a
/// subscriber may publish too.
/// </summary>
/// <remarks>Redis sends a message to its sender as well. The wire drops it.</remarks>
internal sealed class RedisWire : CommandWire
{
    private readonly ByteBuffer _error = new();

    public override void Begin(IWireOwner owner)
    {
        Put("HELLO"u8, "3"u8);
        Flush(owner);
    }

    public override int Receive(Span<byte> bytes, IWireOwner owner)
    {
        var consumed = 0;
        while (consumed < bytes.Length)
        {
            var reader = new RespReader(bytes[consumed..]);
            if (!TryHear(ref reader, owner))
            {
                if (reader.IsWrong)
                {
                    owner.Fail($"this is no RESP: {Show(bytes[consumed..])}");
                    return bytes.Length;
                }

                break;
            }

            consumed += reader.Consumed;
        }

        return consumed;
    }

    protected override void Join(ReadOnlySpan<byte> room)
    {
        AwaitJoin();
        Put("SUBSCRIBE"u8, room);
    }

    protected override void Part(ReadOnlySpan<byte> room) => Put("UNSUBSCRIBE"u8, room);

    protected override void Ping(ReadOnlySpan<byte> token) => Put("PING"u8, token);

    protected override void Say(ReadOnlySpan<byte> text)
    {
        Out.Append("*3\r\n"u8);
        PutBulk("PUBLISH"u8);
        PutBulk(Room);
        PutBulk(Said, text);
    }

    protected override void Quit()
    {
        Out.Append("*1\r\n"u8);
        PutBulk("QUIT"u8);
    }

    private void Put(ReadOnlySpan<byte> command, ReadOnlySpan<byte> parameter)
    {
        Out.Append("*2\r\n"u8);
        PutBulk(command);
        PutBulk(parameter);
    }

    private void PutBulk(ReadOnlySpan<byte> text, ReadOnlySpan<byte> more = default)
    {
        const int MaxHeadBytes = 16;
        var head = Out.Space(MaxHeadBytes);
        head[0] = (byte)'$';
        Utf8Formatter.TryFormat(text.Length + more.Length, head[1..], out var digits);
        Out.Advance(1 + digits);
        Out.Append("\r\n"u8);
        Out.Append(text);
        Out.Append(more);
        Out.Append("\r\n"u8);
    }

    // False when the value is not whole yet, or wrong.
    private bool TryHear(ref RespReader reader, IWireOwner owner)
    {
        if (!reader.TryHead(out var kind, out var text))
        {
            return false;
        }

        switch (kind)
        {
            case (byte)'>':
                return TryHearPush(ref reader, text, owner);
            case (byte)'$':
                if (!reader.TryRest(text, out var token))
                {
                    return false;
                }

                Pong(token, owner);
                return true;
            case (byte)'-':
                Fill(_error, "! "u8, text);
                owner.OnLine(_error.Bytes);
                return true;
            default:
                return reader.TrySkipRest(kind, text);
        }
    }

    private bool TryHearPush(ref RespReader reader, ReadOnlySpan<byte> count, IWireOwner owner)
    {
        if (!count.SequenceEqual("3"u8))
        {
            return reader.TrySkipRest((byte)'>', count);
        }

        if (!reader.TryBulk(out var kind) || !reader.TryBulk(out _) || !reader.TryHead(out var third, out var head))
        {
            return false;
        }

        if (third != (byte)'$')
        {
            // The number of subscriptions.
            if (kind.SequenceEqual("subscribe"u8))
            {
                ConfirmJoin();
            }

            return reader.TrySkipRest(third, head);
        }

        if (!reader.TryRest(head, out var text))
        {
            return false;
        }

        if (!IsOwn(text))
        {
            owner.OnLine(text);
        }

        return true;
    }
}
