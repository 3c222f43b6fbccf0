using MuxChat.Core.Buffers;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>
/// Messages as Java's <c>DataOutputStream.writeUTF</c> writes and <c>DataInputStream.readUTF</c> reads them: a 2-byte big-endian length,
/// then a text in modified UTF-8 (<c>java.io.DataInput</c>, "Modified UTF-8").
/// </summary>
/// <remarks>
/// A message may be empty. A longer message than the limit is skipped; none is an overrun, because two bytes bound it. But a client of
/// texts that begins with two letters speaks another protocol, and that is an overrun: as a length they are above every limit. A page can
/// make a browser send such a request, with messages in its body.
/// </remarks>
/// <param name="limits">The limits of messages.</param>
/// <param name="isText">Whether contents are text in UTF-8 on this side, and are converted. If not, they stay as they are on the wire, and
/// the limit is <see cref="MaxMessageBytes"/>.</param>
public sealed class UtfFraming(Replaceable<FrameLimits> limits, bool isText) : IFraming
{
    /// <summary>
    /// The longest message that fits a segment with its length: 65,534 bytes, one less than <c>writeUTF</c> can write.
    /// </summary>
    public const int MaxMessageBytes = SegmentWriter.MaxEventBytes - 2;

    private static readonly Func<FrameLimits, int> MaxTextBytes = static limits => limits.LineBytes;
    private static readonly Func<FrameLimits, int> MaxAnyBytes = static _ => MaxMessageBytes;

    private readonly Func<FrameLimits, int> _maxBytes = isText ? MaxTextBytes : MaxAnyBytes;

    /// <inheritdoc/>
    public int MaxBytes => _maxBytes(limits.Current);

    /// <inheritdoc/>
    public bool BeginsWithText => false;

    /// <inheritdoc/>
    public IFrameDecoder CreateDecoder(IDecoderAnswers answers)
    {
        var decoder = new LengthPrefixDecoder(LengthHeader.BigEndian16, limits, _maxBytes);
        return isText ? new TextDecoder(decoder) : decoder;
    }

    /// <inheritdoc/>
    public void Begin(SegmentWriter writer)
    {
        writer.BeginMessage();
        writer.Put("\0\0"u8);
    }

    /// <inheritdoc/>
    public void End(SegmentWriter writer)
    {
        var headerBytes = LengthHeader.BigEndian16.Bytes;
        var extra = isText ? ModifiedUtf8.ExtraBytes(writer.Message[headerBytes..]) : 0;
        if (extra > 0)
        {
            // The message may move to another segment here.
            writer.GetSpan(extra);
            writer.Advance(extra);
            ModifiedUtf8.Encode(writer.Message[headerBytes..], extra);
        }

        LengthHeader.BigEndian16.Write(writer.Message, writer.Message.Length - headerBytes);
    }

    /// <summary>Converts each frame to UTF-8, which is never longer, in place.</summary>
    private sealed class TextDecoder(LengthPrefixDecoder frames) : IFrameDecoder
    {
        private bool _hasBegun;

        public Decoded Decode(Span<byte> pending)
        {
            if (!_hasBegun && pending.Length >= LengthHeader.BigEndian16.Bytes)
            {
                _hasBegun = true;
                if (char.IsAsciiLetter((char)pending[0]) && char.IsAsciiLetter((char)pending[1]))
                {
                    return new Decoded(DecodeStatus.Overrun, pending.Length);
                }
            }

            var decoded = frames.Decode(pending);
            return decoded.Status == DecodeStatus.Frame
                ? decoded with { Length = ModifiedUtf8.Decode(pending.Slice(decoded.Start, decoded.Length)) }
                : decoded;
        }
    }
}
