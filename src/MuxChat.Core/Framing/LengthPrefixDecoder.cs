using System.Buffers.Binary;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>
/// Decodes frames of a 4-byte big-endian unsigned length and then that many bytes. Refuses a length
/// of zero or above the limit from the header alone.
/// </summary>
public sealed class LengthPrefixDecoder : IFrameDecoder
{
    /// <summary>Bytes of the length prefix: 4.</summary>
    public const int HeaderBytes = 4;

    private readonly Replaceable<FrameLimits> _limits;
    private long _toSkip;

    // The length of the frame that has begun; 0 for none. It was within the limit when the frame began.
    private int _begun;

    /// <summary>Creates a decoder for frames of at most <see cref="FrameLimits.FrameBytes"/>, not counting the prefix.</summary>
    public LengthPrefixDecoder(Replaceable<FrameLimits> limits) => _limits = limits;

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

        if (_begun == 0 && BeginFrame(pending) is { } refused)
        {
            return refused;
        }

        var length = _begun;
        if (pending.Length < HeaderBytes + length)
        {
            return new Decoded(DecodeStatus.NeedMore, 0);
        }

        _begun = 0;
        return new Decoded(DecodeStatus.Frame, HeaderBytes + length, HeaderBytes, length);
    }

    private Decoded? BeginFrame(ReadOnlySpan<byte> pending)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(pending);
        if (length == 0)
        {
            return new Decoded(DecodeStatus.Empty, HeaderBytes);
        }

        var maxFrameBytes = _limits.Current.FrameBytes;
        if (length > (long)maxFrameBytes * FrameLimits.OverrunFactor)
        {
            return new Decoded(DecodeStatus.Overrun, pending.Length);
        }

        if (length > maxFrameBytes)
        {
            _toSkip = length;
            return new Decoded(DecodeStatus.TooLong, HeaderBytes);
        }

        _begun = (int)length;
        return null;
    }
}
