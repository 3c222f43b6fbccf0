using System.Buffers.Binary;
using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Uploads;

/// <summary>
/// A frame is the header of one upload, with the four bytes of its length, which may come in either order. Messages that are no answers
/// have the most significant byte first.
/// </summary>
/// <remarks>
/// A header has fewer than 65,536 bytes, so the two most significant bytes of its length are zero. They show the order. A length that is
/// 0 or too large is a frame too: its four bytes alone.
/// </remarks>
internal sealed class UploadFraming : IFraming
{
    /// <summary>The bytes of a length: 4.</summary>
    public const int LengthBytes = sizeof(int);

    /// <summary>The longest header, in bytes: 65,535.</summary>
    public const int MaxHeaderBytes = ushort.MaxValue;

    public int MaxBytes => MaxHeaderBytes;

    public bool BeginsWithText => false;

    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) => new Decoder();

    /// <summary>Whether a length has its least significant byte first. A length that has no right order is taken for the other.</summary>
    public static bool IsLittleEndian(ReadOnlySpan<byte> length) =>
        length[2] == 0 && length[3] == 0 && !length[..2].SequenceEqual("\0\0"u8);

    public void Begin(SegmentWriter writer)
    {
        writer.BeginMessage();
        writer.Put([0, 0, 0, 0]);
    }

    public void End(SegmentWriter writer) =>
        BinaryPrimitives.WriteInt32BigEndian(writer.Message, writer.Message.Length - LengthBytes);

    private sealed class Decoder : IFrameDecoder
    {
        public Decoded Decode(Span<byte> pending)
        {
            if (pending.Length < LengthBytes)
            {
                return new Decoded(DecodeStatus.NeedMore, 0);
            }

            var header = IsLittleEndian(pending) ? BinaryPrimitives.ReadUInt32LittleEndian(pending)
                : BinaryPrimitives.ReadUInt32BigEndian(pending);
            var whole = LengthBytes + (header > MaxHeaderBytes ? 0 : (int)header);
            return pending.Length < whole ? new Decoded(DecodeStatus.NeedMore, 0) : new Decoded(DecodeStatus.Frame, whole, 0, whole);
        }
    }
}
