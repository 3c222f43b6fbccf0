using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>
/// One way to talk to the server: how bytes are cut into frames, what a frame means, and which wire formats its clients read. One object serves all
/// connections of a server; it is used by one thread at a time.
/// </summary>
public interface IProtocol : IWireFormats
{
    /// <summary>The protocol's name, as it stands in a listen URI.</summary>
    string Name { get; }

    /// <summary>Whether a silent client is asked by a ping event whether it is still there. Where not, TCP keep-alive does.</summary>
    bool PingsIdleClients { get; }

    /// <summary>Whether a client that enters a room is shown what was said there last, unasked: people are, programs ask for what they need.</summary>
    bool ReplaysOnEntry { get; }

    /// <summary>Makes the decoder of a new connection.</summary>
    /// <param name="answers">Where the decoder's own answers go.</param>
    IFrameDecoder CreateDecoder(IDecoderAnswers answers);

    /// <summary>Begins to talk to a client.</summary>
    IDialogue Begin(IDialogueHost host);

    /// <summary>
    /// Looks at the first bytes of a client of this protocol, until the first frame that holds anything, for one that speaks something else altogether and
    /// is to be turned away before any of its bytes means anything.
    /// </summary>
    /// <param name="first">What the client began with.</param>
    /// <param name="isCut">Whether that is a frame, or its beginning, as the decoder cut it out; else the bytes are as they came.</param>
    /// <param name="stranger">What it speaks, when the answer is yes.</param>
    /// <returns>Yes: it is turned away. No: it is welcome. Unsure: more bytes will tell.</returns>
    ProtocolMatch LookForStranger(ReadOnlySpan<byte> first, bool isCut, out Stranger stranger)
    {
        stranger = Stranger.None;
        return ProtocolMatch.No;
    }
}
