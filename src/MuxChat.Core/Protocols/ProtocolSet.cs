using MuxChat.Core.Framing;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Protocols;

/// <summary>One server's protocols, made from <see cref="ProtocolTable"/>, and the detector that chooses among them.</summary>
/// <remarks>Used by one thread at a time, like the protocols.</remarks>
public sealed class ProtocolSet
{
    private readonly Dictionary<string, IProtocol> _byScheme = [];

    /// <summary>Makes all protocols.</summary>
    /// <param name="limits">How long a frame may be.</param>
    public ProtocolSet(Replaceable<FrameLimits> limits)
    {
        var signatures = new List<IProtocolSignature>();
        foreach (var row in ProtocolTable.Rows)
        {
            var protocol = row.Create(limits);
            _byScheme.Add(row.Scheme, protocol);
            if (row.Recognise is not null)
            {
                signatures.Add(row.Recognise(protocol));
            }
        }

        Detector = new ProtocolDetector(_byScheme[ProtocolTable.Rows[0].Scheme], [.. signatures]);
    }

    /// <summary>The protocols, in no particular order.</summary>
    public IReadOnlyCollection<IProtocol> All => _byScheme.Values;

    /// <summary>Tells what a client speaks on an <c>auto</c> listener.</summary>
    public ProtocolDetector Detector { get; }

    /// <summary>The protocol of a scheme; null for <see cref="ProtocolTable.Auto"/>, where each client shows its own.</summary>
    /// <exception cref="KeyNotFoundException">No protocol has this scheme.</exception>
    public IProtocol? Find(string scheme) => scheme == ProtocolTable.Auto ? null : _byScheme[scheme];
}
