using System.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// A plain port that only sends IRC clients to the port with TLS (IRCv3 strict transport security). No client enters the chat here.
/// </summary>
/// <remarks>
/// A client that knows <c>sts</c> reads it in the answer to CAP LS and reconnects. Any other learns the port, and is closed.
/// </remarks>
internal sealed class StsProtocol : IProtocol, IWireFormat
{
    /// <summary>Milliseconds for a client to say something: 30,000. After that it is closed.</summary>
    private const int PatienceMs = 30_000;

    private static readonly FrameLimits Limits = new() { LineBytes = IrcLine.MaxContent };

    private readonly StsPolicy? _policy;
    private readonly IrcServer _server;
    private readonly byte[] _goodbye;

    /// <summary>Creates the protocol.</summary>
    /// <param name="policy">The policy; null on a server that has no listener of this kind.</param>
    /// <param name="server">The server's names.</param>
    public StsProtocol(StsPolicy? policy, IrcServer server)
    {
        _server = server;
        _policy = policy;
        _goodbye = Encoding.ASCII.GetBytes($"ERROR :Closing link: use TLS, on port {policy?.Port}\r\n");
    }

    public string Name => "irc";

    public bool PingsIdleClients => false;

    public IFraming Framing { get; } = new LineFraming(Limits, "\r\n"u8, knowsTelnet: false);

    private ReadOnlySpan<byte> Capability(IClientOutput client) => _policy is null ? default : _policy.CapabilityFor(client);

    public IWireFormat FormatFor(int rooms) => this;

    public IProtocolHandler Begin(IHandlerHost host) => new Handler(this, host);

    public ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign) =>
        ForeignProtocols.Detect(Framing, first, IrcLine.MaxBytes, isCut, out foreign);

    // The words are the same, whatever ends a client here.
    public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
    {
        if (chatEvent.Kind is EventKind.Closing or EventKind.Error)
        {
            writer.Put(_goodbye);
        }
    }

    public bool ShowsToActor(EventKind kind) => false;

    public bool IsOncePerPerson(EventKind kind) => false;

    /// <summary>One client of such a port, which never has a session.</summary>
    private sealed class Handler(StsProtocol protocol, IHandlerHost host) : IProtocolHandler
    {
        private bool _hasAsked;

        public Session? Session => null;

        public int PatienceMs => StsProtocol.PatienceMs;

        public bool HasMore => false;

        public FrameResult HandleFrame(Span<byte> frame)
        {
            var message = IrcMessage.Parse(frame);
            if (Ascii.EqualsIgnoreCase(message.Command, "CAP"u8) && Ascii.EqualsIgnoreCase(message[0], "LS"u8))
            {
                _hasAsked = true;
                host.Output.SendMessage([.. ":"u8, .. protocol._server.Name, .. " CAP * LS :"u8,
                    .. IrcCapabilities.KnowsValues(message) ? protocol.Capability(host.Output) : default]);
                return new FrameResult { Cost = 1 };
            }

            return new FrameResult { Cost = 1, IsOver = !IsPartOfLogin(message.Command) };
        }

        public FrameResult Refuse(DecodeStatus status) => new() { IsOver = true };

        public FrameResult WriteMore() => default;

        // They may come with CAP LS, before its answer is read. Without it, USER is the last word of a login.
        private bool IsPartOfLogin(ReadOnlySpan<byte> command) => command.IsEmpty || Ascii.EqualsIgnoreCase(command, "NICK"u8)
            || Ascii.EqualsIgnoreCase(command, "PASS"u8) || (_hasAsked && Ascii.EqualsIgnoreCase(command, "USER"u8));
    }
}
