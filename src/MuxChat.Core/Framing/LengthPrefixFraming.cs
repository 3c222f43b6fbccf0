using MuxChat.Core.Buffers;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>Writes a 4-byte length before each message. <see cref="LengthPrefixDecoder"/> decodes input.</summary>
/// <param name="limits">The longest frame.</param>
/// <param name="header">The byte order of the length; null for big-endian.</param>
public sealed class LengthPrefixFraming(Replaceable<FrameLimits> limits, LengthHeader? header = null) : IFraming
{
    private readonly LengthHeader _header = header ?? LengthHeader.BigEndian32;

    /// <summary>The byte order of the length, for messages.</summary>
    public string ByteOrder => _header.IsLittleEndian ? "little-endian" : "big-endian";

    /// <inheritdoc/>
    public int MaxBytes => limits.Current.FrameBytes;

    /// <inheritdoc/>
    public bool BeginsWithText => false;

    /// <inheritdoc/>
    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) =>
        new LengthPrefixDecoder(_header, limits, static limits => limits.FrameBytes);

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
        _header.Write(message, message.Length - _header.Bytes);
    }
}
