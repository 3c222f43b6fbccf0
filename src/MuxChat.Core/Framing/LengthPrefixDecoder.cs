using System.Buffers.Binary;

namespace MuxChat.Core.Framing;

/// <summary>
/// Frames of a 4-byte big-endian unsigned length and then that many bytes. A length of zero or beyond the limit is
/// refused from the header alone.
/// </summary>
public sealed class LengthPrefixDecoder : IFrameDecoder
{
    /// <summary>Bytes of the length prefix.</summary>
    public const int HeaderBytes = 4;

    private readonly int _maxFrameBytes;
    private long _toSkip;

    /// <summary>Creates a decoder for frames of at most <paramref name="maxFrameBytes"/> bytes, the prefix not counted.</summary>
    public LengthPrefixDecoder(int maxFrameBytes = FrameLimits.DefaultFrameBytes) => _maxFrameBytes = maxFrameBytes;

    /// <inheritdoc/>
    public Decoded Decode(Span<byte> pending)
    {
        if (_toSkip > 0)
        {
            var skipped = (int)Math.Min(_toSkip, pending.Length);
            _toSkip -= skipped;
            return new Decoded(DecodeStatus.NeedMore, skipped);
        }

        if (pending.Length < HeaderBytes)
        {
            return new Decoded(DecodeStatus.NeedMore, 0);
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(pending);
        if (length == 0)
        {
            return new Decoded(DecodeStatus.Empty, HeaderBytes);
        }

        if (length > (long)_maxFrameBytes * FrameLimits.OverrunFactor)
        {
            return new Decoded(DecodeStatus.Overrun, pending.Length);
        }

        if (length > _maxFrameBytes)
        {
            _toSkip = length;
            return new Decoded(DecodeStatus.TooLong, HeaderBytes);
        }

        return pending.Length < HeaderBytes + (int)length
            ? new Decoded(DecodeStatus.NeedMore, 0)
            : new Decoded(DecodeStatus.Frame, HeaderBytes + (int)length, HeaderBytes, (int)length);
    }
}
