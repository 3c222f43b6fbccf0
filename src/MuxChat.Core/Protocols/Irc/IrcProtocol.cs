using System.Buffers;
using System.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>The IRC protocol: lines of at most 512 bytes, after at most 4,096 bytes of tags.</summary>
/// <remarks>RFC 1459, RFC 2812, modern.ircdocs.horse and IRCv3; see docs/protocols/irc.md.</remarks>
public sealed class IrcProtocol : IProtocol
{
    /// <summary>
    /// The longest tags of a client, in bytes: 4,094, so that the server's own tags fit before them (IRCv3 message tags, "Size limit").
    /// </summary>
    internal const int MaxPassedTagBytes = EventRecord.MaxTagBytes;

    /// <summary>The same with the <c>@</c> before the tags and the space after them.</summary>
    internal const int MaxTagBytes = MaxPassedTagBytes + 2;

    /// <summary>
    /// The longest line that is read with its tags, without its end, in bytes: 8,701. A refused line is read too, so that its answer has
    /// its label.
    /// </summary>
    internal const int MaxLineBytes = 8191 + IrcLine.MaxContent;

    private static readonly FrameLimits Limits = new() { LineBytes = MaxLineBytes };

    // For lines that a handler splits again. They end with CRLF even if the protocol has another framing.
    private static readonly LineFraming ApartFraming = new(Limits, "\r\n"u8, knowsTelnet: false);

    private readonly Dictionary<IrcCaps, IrcWireFormat> _formats = [];
    private readonly Dictionary<IrcCaps, IrcWireFormat> _formatsApart = [];
    private readonly Dictionary<IrcCaps, Formats> _choices = [];
    private readonly IrcLine _line;
    private SegmentWriter? _apart;
    private byte[]? _tags;

    /// <summary>Creates the protocol.</summary>
    /// <param name="framing">Separates the lines on the wire; null for lines that end with CRLF on output.</param>
    /// <param name="sts">The policy that sends clients to TLS; null for none.</param>
    /// <param name="publicUrl">The server's own URL for links to files, without a slash at its end; null if it has no site.</param>
    /// <param name="server">The server's names; null for the default ones.</param>
    public IrcProtocol(IFraming? framing = null, StsPolicy? sts = null, byte[]? publicUrl = null, IrcServer? server = null)
    {
        Server = server ?? new IrcServer();
        _line = new IrcLine(Server);
        Framing = framing ?? ApartFraming;
        Sts = sts;
        PublicUrl = publicUrl ?? [];
    }

    /// <summary>The server's names.</summary>
    internal IrcServer Server { get; }

    /// <summary>The server's own URL; empty for a server without a site.</summary>
    internal byte[] PublicUrl { get; }

    /// <summary>The policy that sends clients to TLS; null for none.</summary>
    public StsPolicy? Sts { get; }

    /// <inheritdoc/>
    public string Name => "irc";

    /// <inheritdoc/>
    public bool PingsIdleClients => true;

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

    /// <summary>Returns the formats for clients with these capabilities. At most 256 exist, each created at its first use.</summary>
    internal Formats FormatsFor(IrcCaps caps)
    {
        var chosen = caps & (IrcCaps.InFormat | IrcCaps.Personal);
        if (!_choices.TryGetValue(chosen, out var formats))
        {
            _choices.Add(chosen, formats = new Formats(FormatFor(caps), chosen));
        }

        return formats;
    }

    /// <summary>Returns the tags of a line that are passed on to other clients. Valid until the next call.</summary>
    internal ReadOnlySpan<byte> ClientOnly(ReadOnlySpan<byte> tags)
    {
        _tags ??= new byte[MaxTagBytes];
        return _tags.AsSpan(0, IrcTags.CopyClientOnly(tags, _tags));
    }

    /// <summary>The buffer in which <see cref="IrcReply"/> composes a line. It is empty between two lines.</summary>
    internal ArrayBufferWriter<byte> Scratch { get; } = new();

    /// <summary>Encodes an event for one client with these capabilities, as lines that end with CRLF. Valid until the next call.</summary>
    /// <remarks>The lines end with CRLF even if the protocol has another framing, so that the caller can split them.</remarks>
    internal ReadOnlySpan<byte> Encode(IrcCaps caps, in ChatEvent chatEvent)
    {
        _apart ??= new SegmentWriter(new SegmentPool());
        _apart.Begin();
        Find(_formatsApart, ApartFraming, caps).Encode(chatEvent, _apart);
        return _apart.Commit().Span;
    }

    private IrcWireFormat FormatFor(IrcCaps caps) => Find(_formats, Framing, caps);

    // Creates the format at its first use.
    private IrcWireFormat Find(Dictionary<IrcCaps, IrcWireFormat> formats, IFraming framing, IrcCaps caps)
    {
        var chosen = caps & IrcCaps.InFormat;
        if (!formats.TryGetValue(chosen, out var format))
        {
            formats.Add(chosen, format = new IrcWireFormat(chosen, framing, Server, PublicUrl));
        }

        return format;
    }

    /// <summary>The format and the visible events of clients with the same capabilities.</summary>
    internal sealed class Formats(IrcWireFormat format, IrcCaps caps) : IWireFormats
    {
        public IWireFormat FormatFor(int rooms) => format;

        public bool Shows(EventKind kind) => (IrcCapabilities.NeededFor(kind) & IrcCaps.Personal & ~caps) == 0;
    }

    /// <summary>Recognises IRC by the first word: a command with which IRC clients begin, in any case.</summary>
    public sealed class Signature(IrcProtocol protocol) : IProtocolSignature
    {
        private static readonly byte[][] Words =
            [.. new[] { "CAP", "NICK", "USER", "PASS", "PING", "QUIT", "WEBIRC" }.Select(Encoding.ASCII.GetBytes)];

        /// <inheritdoc/>
        public IProtocol Protocol => protocol;

        /// <inheritdoc/>
        public ProtocolMatch Match(ReadOnlySpan<byte> first)
        {
            foreach (var word in Words)
            {
                var common = Math.Min(word.Length, first.Length);
                if (!Ascii.EqualsIgnoreCase(first[..common], word.AsSpan(0, common)))
                {
                    continue;
                }

                if (first.Length <= word.Length)
                {
                    return ProtocolMatch.Unsure;
                }

                return first[word.Length] is (byte)' ' or (byte)'\r' or (byte)'\n' ? ProtocolMatch.Yes : ProtocolMatch.No;
            }

            return ProtocolMatch.No;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Requires capitals and a parameter, as programs send them, because a person may say "ping" or "pass the salt". No person says
        /// "cap ls" or "cap req", so these two may have any case.
        /// </remarks>
        public ProtocolMatch MatchGreeted(ReadOnlySpan<byte> first)
        {
            var negotiation = StartsWith(first, "CAP LS"u8) is var ls and not ProtocolMatch.No ? ls : StartsWith(first, "CAP REQ"u8);
            if (negotiation != ProtocolMatch.No)
            {
                return negotiation;
            }

            foreach (var word in Words)
            {
                var common = Math.Min(word.Length, first.Length);
                if (!first[..common].SequenceEqual(word.AsSpan(0, common)))
                {
                    continue;
                }

                if (first.Length <= word.Length)
                {
                    return ProtocolMatch.Unsure;
                }

                return first[word.Length] == (byte)' ' ? ProtocolMatch.Yes : ProtocolMatch.No;
            }

            return ProtocolMatch.No;
        }

        // Whether the bytes begin with these words, in any case, and then the end of a word.
        private static ProtocolMatch StartsWith(ReadOnlySpan<byte> first, ReadOnlySpan<byte> words)
        {
            var common = Math.Min(words.Length, first.Length);
            return !Ascii.EqualsIgnoreCase(first[..common], words[..common]) ? ProtocolMatch.No
                : first.Length <= words.Length ? ProtocolMatch.Unsure
                : first[words.Length] is (byte)' ' or (byte)'\r' or (byte)'\n' ? ProtocolMatch.Yes : ProtocolMatch.No;
        }
    }
}
