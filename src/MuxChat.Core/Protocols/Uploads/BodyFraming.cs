using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Uploads;

/// <summary>Yields the bytes that are there as frames, and none beyond the end of the body.</summary>
internal sealed class BodyFraming(long length) : IFraming
{
    /// <summary>The longest frame, in bytes: 64 KiB. More bytes are several frames.</summary>
    public const int MaxFrameBytes = 64 * 1024;

    public int MaxBytes => MaxFrameBytes;

    public bool BeginsWithText => false;

    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) => new Decoder(length);

    public void Begin(SegmentWriter writer)
    {
    }

    public void End(SegmentWriter writer)
    {
    }

    private sealed class Decoder(long length) : IFrameDecoder
    {
        private long _left = length;

        public Decoded Decode(Span<byte> pending)
        {
            var taken = (int)Math.Min(_left, Math.Min(pending.Length, MaxFrameBytes));
            _left -= taken;
            return new Decoded(taken == 0 ? DecodeStatus.NeedMore : DecodeStatus.Frame, taken, 0, taken);
        }
    }
}
