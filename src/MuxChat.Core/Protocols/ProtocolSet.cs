using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Uploads;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Protocols;

/// <summary>The protocols of one server, made from <see cref="ProtocolTable"/>, and the detector that chooses among them.</summary>
/// <remarks>Used by one thread at a time, like the protocols.</remarks>
public sealed class ProtocolSet
{
    private readonly Dictionary<string, IProtocol> _byScheme = [];

    /// <summary>Creates all protocols.</summary>
    /// <param name="limits">The limits of frames.</param>
    /// <param name="echoGreeting">See <see cref="ProtocolSettings.EchoGreeting"/>; null for none.</param>
    /// <param name="web">See <see cref="ProtocolSettings.Web"/>; null for a server that speaks no HTTP.</param>
    /// <param name="sts">See <see cref="ProtocolSettings.Sts"/>.</param>
    /// <param name="irc">See <see cref="ProtocolSettings.Irc"/>; null for the default ones.</param>
    public ProtocolSet(
        Replaceable<FrameLimits> limits, byte[]? echoGreeting = null, WebSettings? web = null, StsPolicy? sts = null,
        IrcServer? irc = null)
    {
        var settings = new ProtocolSettings(limits, echoGreeting ?? []) { Web = web, Sts = sts, Irc = irc ?? new IrcServer() };
        var signatures = new List<IProtocolSignature>();
        foreach (var row in ProtocolTable.Rows)
        {
            var protocol = row.Create(settings);
            _byScheme.Add(row.Scheme, protocol);
            if (row.Recognise is not null && (web is not null || row.Scheme != ProtocolTable.Http))
            {
                signatures.Add(row.Recognise(protocol));
            }
        }

        Detector = new ProtocolDetector(_byScheme[ProtocolTable.Rows[0].Scheme], [.. signatures]);
    }

    /// <summary>The protocols, in the order of the table.</summary>
    public IReadOnlyCollection<IProtocol> All => _byScheme.Values;

    /// <summary>Recognises the protocol of each client on an <c>auto</c> listener.</summary>
    public ProtocolDetector Detector { get; }

    /// <summary>
    /// Returns the protocol of a scheme; null for <see cref="ProtocolTable.Auto"/>, because each client then shows its own.
    /// </summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="room">The room of a listener whose service has one; empty for none.</param>
    /// <exception cref="KeyNotFoundException">No protocol has this scheme.</exception>
    public IProtocol? Find(string scheme, byte[]? room = null) => scheme == ProtocolTable.Auto ? null
        : room is { Length: > 0 } && _byScheme[scheme] is UploadProtocol ? new UploadProtocol(room) : _byScheme[scheme];
}
