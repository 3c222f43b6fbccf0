namespace MuxChat.Core.Protocols;

/// <summary>Recognises a protocol by the first bytes that a client sends.</summary>
public interface IProtocolSignature
{
    /// <summary>The protocol recognised.</summary>
    IProtocol Protocol { get; }

    /// <summary>Looks at all bytes received so far (at least one). It must say yes or no within <see cref="ProtocolDetector.MaxLookBytes"/>.</summary>
    ProtocolMatch Look(ReadOnlySpan<byte> first);
}
