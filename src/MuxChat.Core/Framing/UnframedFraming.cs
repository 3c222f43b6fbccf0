using MuxChat.Core.Buffers;

namespace MuxChat.Core.Framing;

/// <summary>
/// No boundaries: a frame is the bytes that are there, and a message is sent as it is. For services that treat a stream as bytes.
/// </summary>
public sealed class UnframedFraming : IFraming
{
    /// <summary>The longest frame: 16 KiB. More bytes are several frames.</summary>
    public const int MaxFrameBytes = 16 * 1024;

    /// <inheritdoc/>
    public int MaxBytes => MaxFrameBytes;

    /// <inheritdoc/>
    public bool BeginsWithText => false;

    /// <inheritdoc/>
    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) => new Decoder();

    /// <inheritdoc/>
    public void Begin(SegmentWriter writer)
    {
    }

    /// <inheritdoc/>
    public void End(SegmentWriter writer)
    {
    }

    private sealed class Decoder : IFrameDecoder
    {
        public Decoded Decode(Span<byte> pending)
        {
            var length = Math.Min(pending.Length, MaxFrameBytes);
            return new Decoded(length == 0 ? DecodeStatus.NeedMore : DecodeStatus.Frame, length, 0, length);
        }
    }
}
