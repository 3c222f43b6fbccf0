using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Json;

/// <summary>
/// Frames for programs: a 4-byte big-endian length, then one JSON object in UTF-8 (RFC 8259). See docs/protocols/json.md.
/// </summary>
public sealed class JsonProtocol : ICommandProtocol
{
    private readonly int _maxFrameBytes;
    private readonly JsonWireFormat _format = new();
    private readonly JsonRequestReader _reader;

    /// <summary>
    /// Creates the protocol with frames of at most <paramref name="maxFrameBytes"/> bytes, the length prefix not counted.
    /// </summary>
    public JsonProtocol(int maxFrameBytes = FrameLimits.DefaultFrameBytes)
    {
        _maxFrameBytes = maxFrameBytes;
        _reader = new JsonRequestReader(maxFrameBytes);
    }

    /// <inheritdoc/>
    public string Name => "frame";

    /// <inheritdoc/>
    public bool PingsIdleClients => true;

    /// <inheritdoc/>
    public bool ReplaysOnEntry => false;

    /// <inheritdoc/>
    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) => new LengthPrefixDecoder(_maxFrameBytes);

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => _format;

    /// <inheritdoc/>
    public IQueryAnswers Answers { get; } = new JsonAnswers();

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
            // Utf8JsonReader reports malformed input in no other way; the message holds positions, not the input.
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
            $"a frame of more than {_maxFrameBytes * FrameLimits.OverrunFactor} bytes: at most {_maxFrameBytes} are allowed; goodbye"),
        _ => CommandResult.Error(ErrorCode.TooLong, $"a frame may have at most {_maxFrameBytes} bytes: this one is skipped"),
    };
}
