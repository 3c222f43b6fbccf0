using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// IRC: lines of at most 512 bytes, and 8,191 of tags before (RFC 1459, RFC 2812, modern.ircdocs.horse, IRCv3). See docs/IRC.md.
/// </summary>
public sealed class IrcProtocol : IProtocol
{
    /// <summary>The longest tags of a line, with the <c>@</c> and the space behind them: 8,191 (IRCv3 message tags).</summary>
    internal const int MaxTagBytes = 8191;

    private readonly IrcWireFormat?[] _formats = new IrcWireFormat?[(int)IrcCaps.InFormat + 1];
    private readonly IrcLine _line = new();
    private SegmentWriter? _apart;

    /// <inheritdoc/>
    public string Name => "irc";

    /// <inheritdoc/>
    public bool PingsIdleClients => true;

    /// <inheritdoc/>
    /// <remarks>The dialogue does that itself, behind the names.</remarks>
    public bool ReplaysOnEntry => false;

    /// <inheritdoc/>
    public IFrameDecoder CreateDecoder() => new LineDecoder(MaxTagBytes + IrcLine.MaxBytes - 2);

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => FormatFor(IrcCaps.None);

    /// <inheritdoc/>
    public IDialogue Begin(IDialogueHost host) => new IrcDialogue(this, host, _line);

    /// <inheritdoc/>
    public ProtocolMatch LookForStranger(ReadOnlySpan<byte> first, bool isCut, out Stranger stranger) =>
        Strangers.Look(first, IrcLine.MaxBytes, isCut, out stranger);

    /// <summary>The format of clients with these capabilities, made when it is first needed.</summary>
    internal IrcWireFormat FormatFor(IrcCaps caps) => _formats[(int)(caps & IrcCaps.InFormat)] ??= new IrcWireFormat(caps & IrcCaps.InFormat);

    /// <summary>An event as clients with these capabilities read it, for one of them alone. It holds until the next call.</summary>
    internal ReadOnlySpan<byte> Encode(IrcCaps caps, in ChatEvent chatEvent)
    {
        _apart ??= new SegmentWriter(new SegmentPool());
        _apart.Begin();
        FormatFor(caps).Encode(chatEvent, _apart);
        return _apart.Commit().Span;
    }
}
