namespace MuxChat.Core.Protocols;

/// <summary>
/// Recognises the protocol of a client on an <c>auto</c> listener. It asks the signatures in order, and the first to say yes wins. A client
/// that matches none, or stays silent, gets the fallback.
/// </summary>
public sealed class ProtocolDetector
{
    /// <summary>Bytes within which most signatures must decide: 512. If a signature is still unsure then, it is passed over.</summary>
    public const int MaxLookBytes = 512;

    /// <summary>Milliseconds of silence after which a client is taken for a person at a terminal: 500.</summary>
    public const int SilenceMs = 500;

    private readonly IProtocolSignature[] _signatures;

    /// <summary>Creates a detector.</summary>
    /// <param name="fallback">The protocol of a client that matches no signature or stays silent.</param>
    /// <param name="signatures">The signatures, in the order in which they are asked.</param>
    public ProtocolDetector(IProtocol fallback, params IProtocolSignature[] signatures)
    {
        Fallback = fallback;
        _signatures = signatures;
    }

    /// <summary>The protocol of a client that matches no signature or stays silent.</summary>
    public IProtocol Fallback { get; }

    /// <summary>Returns the protocol of that name among those with a signature; null for none.</summary>
    public IProtocol? Find(string name)
    {
        foreach (var signature in _signatures)
        {
            if (signature.Protocol.Name == name)
            {
                return signature.Protocol;
            }
        }

        return null;
    }

    /// <summary>Returns the protocol of a client with these first bytes; null if more are needed.</summary>
    public IProtocol? Detect(ReadOnlySpan<byte> first) => Detect(first, isGreeted: false);

    /// <summary>
    /// Detects the protocol of a silent client after a greeting in the fallback. Its first bytes may still show another protocol.
    /// </summary>
    public IProtocol? DetectGreeted(ReadOnlySpan<byte> first) => Detect(first, isGreeted: true);

    /// <summary>
    /// Whether a client that has stopped within its first bytes is a program, so that no greeting is sent to it.
    /// </summary>
    public bool IsLikelyProgram(ReadOnlySpan<byte> first)
    {
        foreach (var signature in _signatures)
        {
            if (signature.IsLikely(first))
            {
                return true;
            }
        }

        return false;
    }

    private IProtocol? Detect(ReadOnlySpan<byte> first, bool isGreeted)
    {
        if (first.IsEmpty)
        {
            return null;
        }

        foreach (var signature in _signatures)
        {
            switch (isGreeted ? signature.MatchGreeted(first) : signature.Match(first))
            {
                case ProtocolMatch.Yes:
                    return signature.Protocol;
                case ProtocolMatch.Unsure when first.Length < signature.MaxLookBytes:
                    // A later signature might be sure already, but the earlier one has precedence.
                    return null;
            }
        }

        return Fallback;
    }
}

/// <summary>The result of comparing a connection's first bytes with one protocol.</summary>
public enum ProtocolMatch
{
    /// <summary>The bytes are not of this protocol.</summary>
    No,

    /// <summary>More bytes are needed.</summary>
    Unsure,

    /// <summary>The bytes are of this protocol.</summary>
    Yes,
}

/// <summary>Recognises a protocol by the first bytes that a client sends.</summary>
public interface IProtocolSignature
{
    /// <summary>The protocol that this signature recognises.</summary>
    IProtocol Protocol { get; }

    /// <summary>Bytes within which this signature decides.</summary>
    int MaxLookBytes => ProtocolDetector.MaxLookBytes;

    /// <summary>Checks all bytes received so far, at least one. It must decide within <see cref="MaxLookBytes"/>.</summary>
    ProtocolMatch Match(ReadOnlySpan<byte> first);

    /// <summary>
    /// Checks the first bytes of a client that was silent and was therefore greeted as a person. People type there
    /// too, so this says yes only to input that no person means.
    /// </summary>
    ProtocolMatch MatchGreeted(ReadOnlySpan<byte> first) => Match(first);

    /// <summary>Whether bytes that do not suffice for a match are most likely of this protocol. No person begins like that.</summary>
    bool IsLikely(ReadOnlySpan<byte> first) => false;
}
