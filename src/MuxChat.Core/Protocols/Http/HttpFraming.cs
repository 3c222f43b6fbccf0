using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Http;

/// <summary>
/// A frame is the head of one request, with the empty line that ends it (RFC 9112, section 2.1). Responses have no boundaries of their own.
/// </summary>
/// <remarks>A head that is too long is a frame too: its first part, without an end. The parser says which limit it breaks.</remarks>
public sealed class HttpFraming : IFraming
{
    /// <inheritdoc/>
    public int MaxBytes => HttpLimits.HeadBytes;

    /// <inheritdoc/>
    public bool BeginsWithText => true;

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

    // An LF ends a line here, with or without a CR before it. The parser refuses the one without.
    private sealed class Decoder : IFrameDecoder
    {
        private const byte LineFeed = (byte)'\n';

        // Both count from the front of the pending bytes. No byte before _looked is an LF that has not been seen.
        private int _looked;
        private int _lineStart;
        private bool _hasSkipped;

        public Decoded Decode(Span<byte> pending)
        {
            if (MayBeEmptyLine(pending))
            {
                _hasSkipped = pending.Length > 1;
                return new Decoded(DecodeStatus.NeedMore, _hasSkipped ? 2 : 0);
            }

            while (true)
            {
                var max = _lineStart == 0 ? HttpLimits.RequestLineBytes : HttpLimits.HeadBytes;
                var head = pending[..Math.Min(pending.Length, max)];
                var end = head[_looked..].IndexOf(LineFeed);
                if (end < 0)
                {
                    _looked = head.Length;
                    return head.Length < max ? new Decoded(DecodeStatus.NeedMore, 0) : EndAt(head.Length);
                }

                end += _looked;
                var isEmpty = end == _lineStart || (end == _lineStart + 1 && head[_lineStart] == (byte)'\r');
                _looked = _lineStart = end + 1;
                if (isEmpty)
                {
                    return EndAt(end + 1);
                }
            }
        }

        // A client may send one empty line after the body of its last request (RFC 9112, section 2.2).
        private bool MayBeEmptyLine(ReadOnlySpan<byte> pending) =>
            !_hasSkipped && _looked == 0 && (pending.StartsWith("\r\n"u8) || pending.SequenceEqual("\r"u8));

        private Decoded EndAt(int length)
        {
            (_looked, _lineStart, _hasSkipped) = (0, 0, false);
            return new Decoded(DecodeStatus.Frame, length, 0, length);
        }
    }
}
