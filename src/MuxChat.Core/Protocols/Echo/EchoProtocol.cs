using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Echo;

/// <summary>
/// Sends back whatever a client sends (RFC 862), perhaps in capitals, over any framing. It has no part in the chat.
/// </summary>
/// <remarks>The flood budget charges a frame a twentieth, because it is no line, and its bytes like those of any answer.</remarks>
public sealed class EchoProtocol : IProtocol
{
    private const byte SmallAboveCapital = 'a' - 'A';

    private readonly byte[] _greeting;
    private readonly Format _format;
    private readonly CommandResult _tooLong;

    /// <summary>Creates the protocol.</summary>
    /// <param name="name">The protocol's name.</param>
    /// <param name="framing">Separates messages on the wire, in both directions.</param>
    /// <param name="isUpper">Whether ASCII letters are sent back as capitals.</param>
    /// <param name="greeting">Sent to each client on connecting, as one message; empty for nothing.</param>
    public EchoProtocol(string name, IFraming framing, bool isUpper, byte[] greeting)
    {
        (Name, Framing, IsUpper, _greeting) = (name, framing, isUpper, greeting);
        _format = new Format(framing);
        _tooLong = CommandResult.Error(ErrorCode.TooLong, $"the message is longer than {framing.MaxBytes} bytes: it was dropped");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool PingsIdleClients => false;

    /// <inheritdoc/>
    public IFraming Framing { get; }

    private bool IsUpper { get; }

    /// <summary>Changes ASCII letters to capitals, in place. All other bytes stay.</summary>
    public static void ToUpper(Span<byte> bytes)
    {
        foreach (ref var letter in bytes)
        {
            letter -= letter is >= (byte)'a' and <= (byte)'z' ? SmallAboveCapital : (byte)0;
        }
    }

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => _format;

    /// <inheritdoc/>
    public IProtocolHandler Begin(IHandlerHost host)
    {
        if (_greeting.Length > 0)
        {
            host.Output.SendMessage(_greeting);
        }

        return new Handler(this, host.Output);
    }

    private sealed class Handler(EchoProtocol protocol, IClientOutput output) : IProtocolHandler
    {
        public Session? Session => null;

        public int PatienceMs => 0;

        public bool HasMore => false;

        public FrameResult HandleFrame(Span<byte> frame)
        {
            if (protocol.IsUpper)
            {
                ToUpper(frame);
            }

            output.SendMessage(frame);
            return new FrameResult { Cost = 0 };
        }

        public FrameResult Refuse(DecodeStatus status) =>
            new() { Result = protocol._tooLong, HasAnswer = true, Answer = protocol._tooLong };

        public FrameResult WriteMore() => throw new InvalidOperationException("An echo has no long answers.");
    }

    /// <summary>Shows errors alone, as text: to a client that is turned away, or whose message is too long.</summary>
    private sealed class Format(IFraming framing) : IWireFormat
    {
        public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
        {
            if (chatEvent.Kind == EventKind.Error)
            {
                framing.Begin(writer);
                writer.Put("error: "u8);
                writer.Put(chatEvent.Result.Message);
                writer.Put((byte)'\n');
                framing.End(writer);
            }
        }

        public bool ShowsToActor(EventKind kind) => false;

        public bool IsOncePerPerson(EventKind kind) => false;
    }
}
