using System.Buffers;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// IRC: lines of at most 512 bytes, and 8,191 of tags before (RFC 1459, RFC 2812, modern.ircdocs.horse, IRCv3). See docs/protocols/irc.md.
/// </summary>
public sealed class IrcProtocol : IProtocol
{
    /// <summary>
    /// The longest tags of a line, with the <c>@</c> and the space behind them: 8,191 (IRCv3 message tags, "Size limit").
    /// </summary>
    internal const int MaxTagBytes = 8191;

    /// <summary>The longest tags that are passed on to other clients: 4,094, so that the server's own fit before them (the same).</summary>
    internal const int MaxPassedTagBytes = 4094;

    private static readonly FrameLimits Limits = new() { LineBytes = MaxTagBytes + IrcLine.MaxContent };

    // Lines that a handler cuts again, whatever the framing of the protocol.
    private static readonly LineFraming ApartFraming = new(Limits, "\r\n"u8, knowsTelnet: false);

    private readonly Dictionary<IrcCaps, IrcWireFormat> _formats = [];
    private readonly Dictionary<IrcCaps, IrcWireFormat> _formatsApart = [];
    private readonly Dictionary<IrcCaps, Formats> _choices = [];
    private readonly IrcLine _line = new();
    private SegmentWriter? _apart;
    private byte[]? _tags;

    /// <summary>Creates the protocol.</summary>
    /// <param name="framing">How the lines are told apart; null for CRLF after each that goes out.</param>
    public IrcProtocol(IFraming? framing = null) => Framing = framing ?? ApartFraming;

    /// <inheritdoc/>
    public string Name => "irc";

    /// <inheritdoc/>
    public bool PingsIdleClients => true;

    /// <inheritdoc/>
    /// <remarks>The handler does that itself, after the names.</remarks>
    public bool ReplaysOnEntry => false;

    /// <inheritdoc/>
    public IFraming Framing { get; }

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => FormatFor(IrcCaps.None);

    /// <inheritdoc/>
    bool IWireFormats.Shows(EventKind kind) => FormatsFor(IrcCaps.None).Shows(kind);

    /// <inheritdoc/>
    public IProtocolHandler Begin(IHandlerHost host) => new IrcProtocolHandler(this, host, _line);

    /// <inheritdoc/>
    public ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign) =>
        ForeignProtocols.Detect(Framing, first, IrcLine.MaxBytes, isCut, out foreign);

    /// <summary>What clients with these capabilities read and hear of: at most 64 of them, made when they are first needed.</summary>
    internal Formats FormatsFor(IrcCaps caps)
    {
        var chosen = caps & (IrcCaps.InFormat | IrcCaps.Personal);
        if (!_choices.TryGetValue(chosen, out var formats))
        {
            _choices.Add(chosen, formats = new Formats(FormatFor(caps), chosen));
        }

        return formats;
    }

    /// <summary>Those of a line's tags that are passed on to other clients. They hold until the next call.</summary>
    internal ReadOnlySpan<byte> ClientOnly(ReadOnlySpan<byte> tags)
    {
        _tags ??= new byte[MaxTagBytes];
        return _tags.AsSpan(0, IrcTags.CopyClientOnly(tags, _tags));
    }

    /// <summary>Where a handler puts a line together. It holds until the next line.</summary>
    internal ArrayBufferWriter<byte> Scratch { get; } = new();

    /// <summary>
    /// An event as clients with these capabilities read it, for one of them alone: as lines that end with CRLF, whatever the framing. It
    /// holds until the next call.
    /// </summary>
    internal ReadOnlySpan<byte> Encode(IrcCaps caps, in ChatEvent chatEvent)
    {
        _apart ??= new SegmentWriter(new SegmentPool());
        _apart.Begin();
        Find(_formatsApart, ApartFraming, caps).Encode(chatEvent, _apart);
        return _apart.Commit().Span;
    }

    private IrcWireFormat FormatFor(IrcCaps caps) => Find(_formats, Framing, caps);

    // Made when it is first needed.
    private static IrcWireFormat Find(Dictionary<IrcCaps, IrcWireFormat> formats, IFraming framing, IrcCaps caps)
    {
        var chosen = caps & IrcCaps.InFormat;
        if (!formats.TryGetValue(chosen, out var format))
        {
            formats.Add(chosen, format = new IrcWireFormat(chosen, framing));
        }

        return format;
    }

    /// <summary>What clients with the same capabilities read, and what of it they wish to hear of.</summary>
    internal sealed class Formats(IrcWireFormat format, IrcCaps caps) : IWireFormats
    {
        public IWireFormat FormatFor(int rooms) => format;

        public bool Shows(EventKind kind) => (IrcCapabilities.NeededFor(kind) & IrcCaps.Personal & ~caps) == 0;
    }
}
