using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Protocols.Json;

/// <summary>
/// The protocol for programs: frames of a 4-byte big-endian length, then one JSON object in UTF-8 (RFC 8259). See docs/protocols/json.md.
/// </summary>
public sealed class JsonProtocol : ICommandProtocol
{
    private readonly JsonWireFormat _format;
    private readonly JsonRequestReader _reader = new();

    /// <summary>Creates the protocol.</summary>
    /// <param name="limits">The limits of frames; null for the defaults.</param>
    /// <param name="framing">Separates the objects on the wire; null for the length prefix.</param>
    /// <param name="name">The protocol's name.</param>
    public JsonProtocol(Replaceable<FrameLimits>? limits = null, IFraming? framing = null, string name = "frame")
    {
        Name = name;
        Framing = framing ?? new LengthPrefixFraming(limits ?? new FrameLimits());
        _format = new JsonWireFormat(Framing);
        Answers = new JsonAnswers(Framing);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool PingsIdleClients => true;

    /// <inheritdoc/>
    public IFraming Framing { get; }

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => _format;

    /// <inheritdoc/>
    public IQueryAnswers Answers { get; }

    /// <inheritdoc/>
    public CommandResult Parse(Span<byte> frame, out Command command)
    {
        command = default;
        if (!ChatText.IsUtf8(frame))
        {
            return CommandResult.Error(ErrorCode.NotUtf8, "the frame is not UTF-8");
        }

        try
        {
            return _reader.Read(frame, out command);
        }
        catch (JsonException error)
        {
            // Utf8JsonReader reports malformed input only by this exception. Its message holds positions, but not the input.
            return CommandResult.Error(ErrorCode.BadJson,
                $"the frame is not one JSON object: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        }
    }

    /// <inheritdoc/>
    public CommandResult Describe(DecodeStatus status) => status switch
    {
        DecodeStatus.Empty => CommandResult.Error(ErrorCode.EmptyFrame, "a frame of length 0: a frame contains one JSON object"),
        DecodeStatus.Overrun => CommandResult.Error(
            ErrorCode.TooLong,
            $"a frame of more than {Framing.MaxBytes * FrameLimits.OverrunFactor} bytes: at most {Framing.MaxBytes} are allowed; goodbye"),
        DecodeStatus.WrongByteOrder => CommandResult.Error(
            ErrorCode.TooLong,
            "the frame's length has its bytes in the wrong order: this listener takes "
                + $"{(Framing as LengthPrefixFraming)?.ByteOrder} lengths; goodbye"),
        _ => CommandResult.Error(ErrorCode.TooLong, $"a frame may have at most {Framing.MaxBytes} bytes: this one is skipped"),
    };

    /// <summary>Recognises a frame by its first byte, which is zero.</summary>
    /// <remarks>The length of a frame is 4 bytes, big-endian, and no frame may be 16 MiB long. No line begins with a zero byte.</remarks>
    public sealed class Signature(JsonProtocol protocol) : IProtocolSignature
    {
        /// <inheritdoc/>
        public IProtocol Protocol => protocol;

        /// <inheritdoc/>
        public ProtocolMatch Match(ReadOnlySpan<byte> first) => first[0] == 0 ? ProtocolMatch.Yes : ProtocolMatch.No;
    }
}
