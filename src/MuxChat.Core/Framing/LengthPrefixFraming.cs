using System.Buffers.Binary;
using MuxChat.Core.Buffers;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>Writes a 4-byte big-endian length before each message. <see cref="LengthPrefixDecoder"/> decodes input.</summary>
/// <param name="limits">The longest frame.</param>
public sealed class LengthPrefixFraming(Replaceable<FrameLimits> limits) : IFraming
{
    /// <inheritdoc/>
    public int MaxBytes => limits.Current.FrameBytes;

    /// <inheritdoc/>
    public bool BeginsWithText => false;

    /// <inheritdoc/>
    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) => new LengthPrefixDecoder(limits);

    /// <inheritdoc/>
    public void Begin(SegmentWriter writer)
    {
        writer.BeginMessage();
        writer.Put("\0\0\0\0"u8);
    }

    /// <inheritdoc/>
    public void End(SegmentWriter writer)
    {
        var message = writer.Message;
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length - LengthPrefixDecoder.HeaderBytes);
    }
}
