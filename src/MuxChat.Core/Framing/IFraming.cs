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
