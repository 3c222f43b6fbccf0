using MuxChat.Core.Buffers;

namespace MuxChat.Core.Framing;

/// <summary>
/// Separates messages on the wire, either as lines or by a length before each. A protocol is a message format over a framing.
/// </summary>
/// <remarks>
/// A framing decodes input and writes the boundaries of output, whatever the messages hold. One object serves all connections of a
/// protocol, on one thread at a time. Message formats call <see cref="Begin"/> and <see cref="End"/> around each message and write no
/// boundaries themselves. An event may be several messages, each with its own boundaries.
/// </remarks>
public interface IFraming
{
    /// <summary>The longest message in bytes, without its boundaries.</summary>
    int MaxBytes { get; }

    /// <summary>
    /// Whether a connection begins with the text of its first message. Only then can its first bytes show a foreign protocol.
    /// </summary>
    bool BeginsWithText { get; }

    /// <summary>Creates the decoder of a new connection.</summary>
    /// <param name="answers">Sends the decoder's own answers.</param>
    IFrameDecoder CreateDecoder(IDecoderAnswers answers);

    /// <summary>Begins a message.</summary>
    /// <param name="writer">The writer of the message. The message before it has ended.</param>
    void Begin(SegmentWriter writer);

    /// <summary>Ends a message. Its content is all that was written since <see cref="Begin"/>.</summary>
    /// <param name="writer">The writer passed to <see cref="Begin"/>.</param>
    void End(SegmentWriter writer);
}

/// <summary>
/// Cuts one connection's stream of bytes into frames. Holds no bytes: each call gets all pending ones, from the first not consumed.
/// </summary>
/// <remarks>
/// The same stream gives the same frames, however it is cut into reads. The decoder remembers how far it has
/// looked and rescans at most an unfinished telnet sequence. It never throws, whatever bytes it gets. The caller
/// calls again while a result has a frame or has consumed bytes.
/// </remarks>
public interface IFrameDecoder
{
    /// <summary>
    /// Looks for one frame at the front of <paramref name="pending"/>, which begins with the bytes that the last call left unconsumed. The
    /// decoder may change the bytes in place, to cut telnet sequences out of lines.
    /// </summary>
    Decoded Decode(Span<byte> pending);
}

/// <summary>The result of one call of a decoder.</summary>
/// <param name="Status">The finding at the front of the bytes.</param>
/// <param name="Consumed">Bytes at the front to drop before the next call.</param>
/// <param name="Start">Offset of the frame's content from the front, in bytes. For a line that is
/// too long, the offset of its received part.</param>
/// <param name="Length">Length of the frame's content in bytes, without terminator or length prefix.</param>
/// <param name="TelnetBytes">The number of consumed bytes that were telnet sequences. They are part of no frame.</param>
public readonly record struct Decoded(DecodeStatus Status, int Consumed, int Start = 0, int Length = 0, int TelnetBytes = 0)
{
    /// <summary>Whether the caller closes the connection, because the rest of the stream has no frames that it could read.</summary>
    public bool IsOverrun => Status is DecodeStatus.Overrun or DecodeStatus.WrongByteOrder;
}

/// <summary>The finding of a decoder at the front of the pending bytes.</summary>
public enum DecodeStatus
{
    /// <summary>No whole frame yet. Bytes may have been consumed all the same, such as the rest of a frame that is being skipped.</summary>
    NeedMore,

    /// <summary>A whole frame.</summary>
    Frame,

    /// <summary>A frame without content, in a framing that does not allow one.</summary>
    Empty,

    /// <summary>A frame longer than the limit, which is being skipped to its end. Returned once for each such frame.</summary>
    TooLong,

    /// <summary>A frame longer than <see cref="FrameLimits.OverrunFactor"/> times the limit. The caller closes the connection.</summary>
    Overrun,

    /// <summary>
    /// An overrun by a length that would be within the limit in the other byte order. The caller closes the connection.
    /// </summary>
    WrongByteOrder,
}

/// <summary>
/// The longest frame of each kind. A decoder reads the limit when a frame begins, so a new limit applies from the next frame on.
/// </summary>
public sealed record FrameLimits
{
    /// <summary>Default of <see cref="LineBytes"/>: 4,096.</summary>
    public const int DefaultLineBytes = 4096;

    /// <summary>Default of <see cref="FrameBytes"/>: 65,536.</summary>
    public const int DefaultFrameBytes = 64 * 1024;

    /// <summary>
    /// The multiple of the limit above which a frame closes the connection: 4. Up to it, the frame is skipped and the sender gets an error.
    /// </summary>
    public const int OverrunFactor = 4;

    /// <summary>The longest line in bytes, without its LF or CRLF.</summary>
    public int LineBytes { get; init; } = DefaultLineBytes;

    /// <summary>The longest frame in bytes, without its length prefix.</summary>
    public int FrameBytes { get; init; } = DefaultFrameBytes;
}

/// <summary>Sends a decoder's own answers: telnet clients wait for answers to their requests. Owner: the connection.</summary>
public interface IDecoderAnswers
{
    /// <summary>Queues bytes for the client unchanged and unframed, after all that its rooms have published so far.</summary>
    void SendAsIs(ReadOnlySpan<byte> bytes);
}
