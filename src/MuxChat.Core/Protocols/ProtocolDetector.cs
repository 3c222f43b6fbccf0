namespace MuxChat.Core.Protocols;

/// <summary>
/// Tells which protocol a client speaks on an <c>auto</c> listener: the signatures are asked in order, and the first that says yes has it.
/// A client that fits none, or that stays silent, speaks the fallback.
/// </summary>
public sealed class ProtocolDetector
{
    /// <summary>
    /// Bytes within which every signature must have made up its mind: 512. A client unsure for longer speaks the fallback.
    /// </summary>
    public const int MaxLookBytes = 512;

    /// <summary>A client that says nothing for this long, in milliseconds, is a person at a terminal: 500.</summary>
    public const int SilenceMs = 500;

    private readonly IProtocolSignature[] _signatures;

    /// <summary>Creates a detector.</summary>
    /// <param name="fallback">What a client speaks that fits no signature or stays silent.</param>
    /// <param name="signatures">The signatures, in the order they are asked.</param>
    public ProtocolDetector(IProtocol fallback, params IProtocolSignature[] signatures)
    {
        Fallback = fallback;
        _signatures = signatures;
    }

    /// <summary>What a client speaks that fits no signature or stays silent.</summary>
    public IProtocol Fallback { get; }

    /// <summary>The protocol of a client that began with these bytes; null when more are needed to tell.</summary>
    public IProtocol? Detect(ReadOnlySpan<byte> first) => Detect(first, isGreeted: false);

    /// <summary>The same for a silent client that was greeted in the fallback: its first bytes may still show another protocol.</summary>
    public IProtocol? DetectGreeted(ReadOnlySpan<byte> first) => Detect(first, isGreeted: true);

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
                case ProtocolMatch.Unsure when first.Length < MaxLookBytes:
                    // A later signature may be surer, but an earlier one goes first.
                    return null;
            }
        }

        return Fallback;
    }
}

/// <summary>What the first bytes of a connection say about its protocol.</summary>
public enum ProtocolMatch
{
    /// <summary>It is not this one.</summary>
    No,

    /// <summary>More bytes are needed to tell.</summary>
    Unsure,

    /// <summary>It is this one.</summary>
    Yes,
}

/// <summary>Recognises a protocol by the first bytes that a client sends.</summary>
public interface IProtocolSignature
{
    /// <summary>The protocol recognised.</summary>
    IProtocol Protocol { get; }

    /// <summary>
    /// Looks at all bytes received so far (at least one). It must say yes or no within <see cref="ProtocolDetector.MaxLookBytes"/>.
    /// </summary>
    ProtocolMatch Match(ReadOnlySpan<byte> first);

    /// <summary>
    /// The same for a client that was greeted as a person because it was silent. It says yes only to what no
    /// person means, since persons type there too.
    /// </summary>
    ProtocolMatch MatchGreeted(ReadOnlySpan<byte> first) => Match(first);
}
