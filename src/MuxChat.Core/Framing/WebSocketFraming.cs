using System.Buffers.Binary;
using MuxChat.Core.Buffers;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>
/// Writes each message as one frame of a WebSocket, unmasked and in one piece (RFC 6455, section 5). <see cref="WebSocketDecoder"/> decodes
/// input.
/// </summary>
/// <remarks>
/// One object for all clients of a format, so that a room's event is framed once for all of them. A message begins with the short header of
/// 2 bytes. A content of more than 125 bytes moves up by 2 bytes when its length is known. The form of 10 bytes is never needed, because a
/// segment of 64 KiB holds the whole event.
/// </remarks>
/// <param name="limits">The limits of frames.</param>
/// <param name="kind">Text or binary: the kind of every message, in both directions.</param>
/// <param name="maxBytes">The longest message of a client under these limits, in bytes.</param>
public sealed class WebSocketFraming(Replaceable<FrameLimits> limits, WebSocketFrameKind kind, Func<FrameLimits, int> maxBytes) : IFraming
{
    private const byte FinalBit = 0x80;
    private const int ShortHeaderBytes = 2;
    private const byte Length16 = 126;

    /// <summary>Text or binary: the kind of every message, in both directions.</summary>
    public WebSocketFrameKind Kind => kind;

    /// <inheritdoc/>
    public int MaxBytes => maxBytes(limits.Current);

    /// <inheritdoc/>
    public bool BeginsWithText => false;

    /// <summary>Writes a control frame.</summary>
    /// <param name="bytes">Receives the frame: 2 bytes and the content.</param>
    /// <param name="kind">Close, ping or pong.</param>
    /// <param name="content">The content: at most <see cref="WebSocketDecoder.MaxControlBytes"/>.</param>
    /// <returns>The length of the frame, in bytes.</returns>
    public static int WriteControl(Span<byte> bytes, WebSocketFrameKind kind, ReadOnlySpan<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, WebSocketDecoder.MaxControlBytes);
        bytes[0] = (byte)(FinalBit | (byte)kind);
        bytes[1] = (byte)content.Length;
        content.CopyTo(bytes[ShortHeaderBytes..]);
        return ShortHeaderBytes + content.Length;
    }

    /// <inheritdoc/>
    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) => new WebSocketDecoder(limits, maxBytes);

    /// <inheritdoc/>
    public void Begin(SegmentWriter writer)
    {
        writer.BeginMessage();
        writer.Put("\0\0"u8);
    }

    /// <inheritdoc/>
    public void End(SegmentWriter writer)
    {
        var length = writer.Message.Length - ShortHeaderBytes;
        if (length < Length16)
        {
            writer.Message[1] = (byte)length;
        }
        else
        {
            // The message may move to another segment here.
            writer.GetSpan(sizeof(ushort));
            writer.Advance(sizeof(ushort));
            var message = writer.Message;
            message.Slice(ShortHeaderBytes, length).CopyTo(message[(ShortHeaderBytes + sizeof(ushort))..]);
            message[1] = Length16;
            BinaryPrimitives.WriteUInt16BigEndian(message[ShortHeaderBytes..], checked((ushort)length));
        }

        writer.Message[0] = (byte)(FinalBit | (byte)kind);
    }
}
