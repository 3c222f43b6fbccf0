using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>
/// Decodes frames of a length and then that many bytes. Refuses a length that the header does not allow, or that is above the limit, from
/// the header alone.
/// </summary>
/// <param name="header">The form of the length.</param>
/// <param name="limits">The limits of frames.</param>
/// <param name="maxBytes">The longest frame under these limits, in bytes, not counting the length.</param>
public sealed class LengthPrefixDecoder(LengthHeader header, Replaceable<FrameLimits> limits, Func<FrameLimits, int> maxBytes)
    : IFrameDecoder
{
    private long _toSkip;

    // The length of the frame that has begun; -1 for none. It was within the limit when the frame began.
    private int _begun = -1;

    /// <inheritdoc/>
    public Decoded Decode(Span<byte> pending)
    {
        if (_toSkip > 0)
        {
            var skipped = (int)Math.Min(_toSkip, pending.Length);
            _toSkip -= skipped;
            return new Decoded(DecodeStatus.NeedMore, skipped);
        }

        if (pending.Length < header.Bytes)
        {
            return new Decoded(DecodeStatus.NeedMore, 0);
        }

        if (_begun < 0 && BeginFrame(pending) is { } refused)
        {
            return refused;
        }

        var length = _begun;
        if (pending.Length < header.Bytes + length)
        {
            return new Decoded(DecodeStatus.NeedMore, 0);
        }

        _begun = -1;
        return new Decoded(DecodeStatus.Frame, header.Bytes + length, header.Bytes, length);
    }

    private Decoded? BeginFrame(ReadOnlySpan<byte> pending)
    {
        var length = header.Read(pending);
        if (length == 0 && !header.AllowsEmpty)
        {
            return new Decoded(DecodeStatus.Empty, header.Bytes);
        }

        var max = maxBytes(limits.Current);
        if (length > (long)max * FrameLimits.OverrunFactor && !header.IsShort)
        {
            var isSwapped = header.ReadSwapped(pending) is > 0 and var swapped && swapped <= max;
            return new Decoded(isSwapped ? DecodeStatus.WrongByteOrder : DecodeStatus.Overrun, pending.Length);
        }

        if (length > max)
        {
            _toSkip = length;
            return new Decoded(DecodeStatus.TooLong, header.Bytes);
        }

        _begun = (int)length;
        return null;
    }
}
