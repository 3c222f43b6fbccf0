namespace MuxChat.Core.Framing;

/// <summary>
/// Cuts a stream of bytes into frames, for one connection. It owns no bytes: it is given all that are pending, each time
/// from the first one not consumed.
/// </summary>
/// <remarks>
/// Contract: any way of cutting the same stream into pieces gives the same frames; the decoder remembers how far it has looked and looks at
/// no byte twice; it never throws, whatever it is given. A caller goes on while an answer has a frame or consumed something.
/// </remarks>
public interface IFrameDecoder
{
    /// <summary>
    /// Looks for one frame at the front of <paramref name="pending"/>, which begins with the bytes that the call before left unconsumed.
    /// The decoder may change the bytes in place (telnet negotiation is cut out of lines).
    /// </summary>
    Decoded Decode(Span<byte> pending);
}

/// <summary>One answer of a decoder.</summary>
/// <param name="Status">What was found.</param>
/// <param name="Consumed">Bytes at the front that are done with: drop them before the next call.</param>
/// <param name="Start">Where the frame's content begins, in bytes from the front; of one that is too long, what there is of it.</param>
/// <param name="Length">Length of the frame's content in bytes, without terminator or length prefix.</param>
/// <param name="TelnetBytes">How many of the bytes that are done with were telnet sequences; they are in no frame.</param>
public readonly record struct Decoded(DecodeStatus Status, int Consumed, int Start = 0, int Length = 0, int TelnetBytes = 0);

/// <summary>What a decoder found at the front of the bytes it was given.</summary>
public enum DecodeStatus
{
    /// <summary>No whole frame yet. Bytes may have been consumed all the same (the rest of a frame that is being skipped).</summary>
    NeedMore,

    /// <summary>A whole frame.</summary>
    Frame,

    /// <summary>A frame without content where the protocol allows none.</summary>
    Empty,

    /// <summary>A frame longer than the limit; it is being skipped to its end. Said once for each such frame.</summary>
    TooLong,

    /// <summary>More than <see cref="FrameLimits.OverrunFactor"/> times the limit: the connection is to be closed.</summary>
    Overrun,
}

/// <summary>How long a frame may be. A decoder reads it at the beginning of each frame: a new limit holds from the next one on.</summary>
public sealed record FrameLimits
{
    /// <summary>Default longest line in bytes, without its LF or CRLF: 4,096.</summary>
    public const int DefaultLineBytes = 4096;

    /// <summary>Default longest frame in bytes, without its length prefix: 65,536.</summary>
    public const int DefaultFrameBytes = 64 * 1024;

    /// <summary>
    /// A frame may be this many times too long before the connection is closed: 4. Below, it is skipped and the sender told.
    /// </summary>
    public const int OverrunFactor = 4;

    /// <summary>The longest line in bytes, without its LF or CRLF.</summary>
    public int LineBytes { get; init; } = DefaultLineBytes;

    /// <summary>The longest frame in bytes, without its length prefix.</summary>
    public int FrameBytes { get; init; } = DefaultFrameBytes;
}

/// <summary>Takes what a decoder answers by itself: telnet clients wait for answers to their requests. Owned by the connection.</summary>
public interface IDecoderAnswers
{
    /// <summary>Queues bytes for the client as they are, after everything that its rooms have been told before.</summary>
    void SendAsIs(ReadOnlySpan<byte> bytes);
}
