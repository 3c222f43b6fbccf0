using System.Buffers.Binary;

namespace MuxChat.LoadTests.Wires;

/// <summary>
/// MQTT 5 with QoS 0: a room is a topic, and a line is a message of the form <c>&lt;u3&gt; text</c>
/// (<see href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html"/>).
/// </summary>
/// <remarks>The server sends no message to its sender, because the subscription says No Local. A topic has no <c>#</c>.</remarks>
internal sealed class MqttWire : CommandWire
{
    // Section 2.1.2: the type of a packet, in the upper half of its first byte. The lower half has flags.
    private const byte ConnectPacket = 0x10;
    private const byte ConnectAnswer = 0x20;
    private const byte PublishPacket = 0x30;
    private const byte SubscribePacket = 0x82;
    private const byte SubscribeAnswer = 0x90;
    private const byte UnsubscribePacket = 0xA2;
    private const byte UnsubscribeAnswer = 0xB0;
    private const byte PingPacket = 0xC0;
    private const byte PingAnswer = 0xD0;
    private const byte DisconnectPacket = 0xE0;

    /// <summary>Section 3.8.3.1: QoS 0, No Local.</summary>
    private const byte NoLocal = 4;

    /// <summary>Section 2.4: a reason from here on is an error.</summary>
    private const byte FirstError = 0x80;

    private const int More = 0x80;
    private const int BitsPerByte = 7;
    private const int MaxLengthBytes = 4;

    private readonly ByteBuffer _packet = new();
    private readonly ByteBuffer _error = new();

    private ReadOnlySpan<byte> Topic => Room.TrimStart((byte)'#');

    // Section 3.1: MQTT, version 5, a clean start, no keep-alive, no properties; the server names the client.
    public override void Begin(IWireOwner owner)
    {
        _packet.Append([0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5, 2, 0, 0, 0, 0, 0]);
        PutPacket(ConnectPacket);
        Flush(owner);
    }

    public override int Receive(Span<byte> bytes, IWireOwner owner)
    {
        var consumed = 0;
        while (TryCut(bytes[consumed..], out var header, out var length))
        {
            if (length < 0 || !TryHear(bytes[consumed], bytes.Slice(consumed + header, length), owner))
            {
                owner.Fail($"this is no MQTT: {Convert.ToHexString(bytes[consumed..Math.Min(bytes.Length, consumed + 16)])}");
                return bytes.Length;
            }

            consumed += header + length;
        }

        return consumed;
    }

    // Section 3.8: a packet's number, no properties, a topic with its options.
    protected override void Join(ReadOnlySpan<byte> room)
    {
        AwaitJoin();
        _packet.Append([0, 1, 0]);
        PutText(Topic);
        _packet.Append([NoLocal]);
        PutPacket(SubscribePacket);
    }

    protected override void Part(ReadOnlySpan<byte> room)
    {
        _packet.Append([0, 2, 0]);
        PutText(Topic);
        PutPacket(UnsubscribePacket);
    }

    protected override void Ping(ReadOnlySpan<byte> token)
    {
        KeepPing(token);
        PutPacket(PingPacket);
    }

    // Section 3.3: a topic, no properties, the text.
    protected override void Say(ReadOnlySpan<byte> text)
    {
        PutText(Topic);
        _packet.Append([0]);
        _packet.Append(Said);
        _packet.Append(text);
        PutPacket(PublishPacket);
    }

    protected override void Quit() => PutPacket(DisconnectPacket);

    private void PutText(ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_packet.Space(sizeof(ushort)), (ushort)text.Length);
        _packet.Advance(sizeof(ushort));
        _packet.Append(text);
    }

    // Section 1.5.5: seven bits of the length in each byte, the lowest first.
    private void PutPacket(byte first)
    {
        var content = _packet.Bytes;
        Out.Append([first]);
        var length = content.Length;
        do
        {
            var more = length >> BitsPerByte;
            Out.Append([(byte)(more > 0 ? (length & (More - 1)) | More : length)]);
            length = more;
        }
        while (length > 0);
        Out.Append(content);
        _packet.Clear();
    }

    // Whether a packet is there, or one whose length is wrong: below 0.
    private static bool TryCut(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        (header, length) = (1, 0);
        for (var at = 0; at < MaxLengthBytes; at++)
        {
            if (bytes.Length <= header)
            {
                return false;
            }

            var one = bytes[header++];
            length |= (one & (More - 1)) << (at * BitsPerByte);
            if ((one & More) == 0)
            {
                return bytes.Length - header >= length;
            }
        }

        length = -1;
        return true;
    }

    private bool TryHear(byte first, ReadOnlySpan<byte> content, IWireOwner owner)
    {
        switch (first)
        {
            case PublishPacket:
                return TryHearMessage(content, owner);
            case ConnectAnswer:
                return content.Length >= 2 && Note(content[1], "the connection"u8, owner);
            case SubscribeAnswer:
                ConfirmJoin();
                return content.Length >= 4 && Note(content[^1], "the subscription"u8, owner);
            case UnsubscribeAnswer:
                return content.Length >= 4 && Note(content[^1], "the end of a subscription"u8, owner);
            case PingAnswer:
                return content.IsEmpty && TryPong(owner);
            case DisconnectPacket:
                return Note(content.IsEmpty ? (byte)0 : content[0], "to go on"u8, owner);
            default:
                return false;
        }
    }

    // A topic, properties, the text. The properties are fewer than 128 bytes: the server has none to add but what a sender gave.
    private static bool TryHearMessage(ReadOnlySpan<byte> content, IWireOwner owner)
    {
        if (content.Length < sizeof(ushort))
        {
            return false;
        }

        var properties = sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(content);
        if (content.Length <= properties || content[properties] >= More)
        {
            return false;
        }

        var text = properties + 1 + content[properties];
        if (content.Length < text)
        {
            return false;
        }

        owner.OnLine(content[text..]);
        return true;
    }

    private bool Note(byte reason, ReadOnlySpan<byte> what, IWireOwner owner)
    {
        if (reason >= FirstError)
        {
            Fill(_error, "! the server refused "u8, what, ", reason "u8);
            _error.Append(System.Text.Encoding.ASCII.GetBytes($"0x{reason:X2}"));
            owner.OnLine(_error.Bytes);
        }

        return true;
    }
}
