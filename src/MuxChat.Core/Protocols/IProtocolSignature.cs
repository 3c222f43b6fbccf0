namespace MuxChat.Core.Protocols;

/// <summary>Recognises a protocol by the first bytes that a client sends.</summary>
public interface IProtocolSignature
{
    /// <summary>The protocol recognised.</summary>
    IProtocol Protocol { get; }

    /// <summary>Looks at all bytes received so far (at least one). It must say yes or no within <see cref="ProtocolDetector.MaxLookBytes"/>.</summary>
    ProtocolMatch Look(ReadOnlySpan<byte> first);

    /// <summary>
    /// The same for a client that was greeted as a person because it was silent. It says yes only to what no
    /// person means, since persons type there too.
    /// </summary>
    ProtocolMatch LookAtGreeted(ReadOnlySpan<byte> first) => Look(first);
}
