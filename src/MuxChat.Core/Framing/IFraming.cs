using MuxChat.Core.Buffers;

namespace MuxChat.Core.Framing;

/// <summary>
/// How messages are told apart on the wire, whatever they hold: as lines, or by a length before each. It cuts what comes in, and it writes
/// the borders of what goes out. A protocol is a message format over a framing.
/// </summary>
/// <remarks>
/// One object serves all connections of a protocol, on one thread at a time. Message formats call <see cref="Begin"/> and
/// <see cref="End"/> around every message and write no border themselves: an event may be several messages, and each has its own.
/// </remarks>
public interface IFraming
{
    /// <summary>Makes the decoder of a new connection.</summary>
    /// <param name="answers">Where the decoder's own answers go.</param>
    IFrameDecoder CreateDecoder(IDecoderAnswers answers);

    /// <summary>Begins a message.</summary>
    /// <param name="writer">Where to: the message before is ended.</param>
    void Begin(SegmentWriter writer);

    /// <summary>Ends a message: all that was written since <see cref="Begin"/> is its content.</summary>
    /// <param name="writer">The writer of <see cref="Begin"/>.</param>
    void End(SegmentWriter writer);
}
