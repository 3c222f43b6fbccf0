using System.Buffers.Binary;
using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

/// <summary>A framing that no protocol of the server has: a 2-byte big-endian length before each message, which may be empty.</summary>
internal sealed class ShortFraming : IFraming
{
    private const int HeaderBytes = 2;

    public int MaxBytes => ushort.MaxValue;

    public bool BeginsWithText => false;

    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) => new Decoder();

    public void Begin(SegmentWriter writer)
    {
        writer.BeginMessage();
        writer.Put("\0\0"u8);
    }

    public void End(SegmentWriter writer) =>
        BinaryPrimitives.WriteUInt16BigEndian(writer.Message, checked((ushort)(writer.Message.Length - HeaderBytes)));

    /// <summary>One message as it comes in.</summary>
    public static byte[] FrameOf(string text)
    {
        var body = Bytes.Utf8(text);
        return [(byte)(body.Length >> 8), (byte)body.Length, .. body];
    }

    /// <summary>The messages that went out. All bytes must be of whole ones.</summary>
    public static string[] Split(ReadOnlySpan<byte> bytes)
    {
        var messages = new List<string>();
        while (!bytes.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            messages.Add(Bytes.Utf8(bytes.Slice(HeaderBytes, length)));
            bytes = bytes[(HeaderBytes + length)..];
        }

        return [.. messages];
    }

    private sealed class Decoder : IFrameDecoder
    {
        public Decoded Decode(Span<byte> pending)
        {
            var length = pending.Length < HeaderBytes ? int.MaxValue - HeaderBytes : BinaryPrimitives.ReadUInt16BigEndian(pending);
            return pending.Length < HeaderBytes + length ? new Decoded(DecodeStatus.NeedMore, 0)
                : new Decoded(DecodeStatus.Frame, HeaderBytes + length, HeaderBytes, length);
        }
    }
}
