using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>A chat without an I/O model, made anew for each run, at a time that stands still, with small limits.</summary>
internal sealed class FuzzChat
{
    private const int MaxLineBytes = 64;
    private const int MaxFrameBytes = 256;

    private static readonly ClientLimits Limits = new() { Flood = false };
    private static readonly ChatLimits Small = new() { TextBytes = MaxLineBytes, Rooms = 8, RoomsPerClient = 4, PingTokenBytes = 32 };

    private readonly Broadcaster _broadcaster = new(new SegmentPool());
    private readonly TickClock _clock = new(new FrozenTime());
    private readonly ProtocolDetector _detector;
    private readonly Dictionary<Recipient, InputBuffer> _recipients = [];
    private readonly byte[] _scratch = new byte[Segment.SizeBytes];
    private ClientContext? _context;

    public FuzzChat() => _detector = new ProtocolDetector(Line, new JsonProtocol.Signature(Frame), new IrcProtocol.Signature(Irc));

    public LineProtocol Line { get; } = new(new FrameLimits { LineBytes = MaxLineBytes });

    public JsonProtocol Frame { get; } = new(new FrameLimits { FrameBytes = MaxFrameBytes });

    public IrcProtocol Irc { get; } = new();

    /// <summary>The longest text.</summary>
    public static int MaxTextBytes => Small.TextBytes;

    /// <summary>The chat that was opened last.</summary>
    public ChatHub Hub => _context!.Hub;

    /// <summary>Begins a chat in which four witnesses sit.</summary>
    public void Open(ObservedOutput heard)
    {
        var hub = new ChatHub(_broadcaster, new MetricSet(), _clock, Small, "#lobby"u8.ToArray(), new Epochs(1));
        _context = new ClientContext(hub, _broadcaster, _clock, _detector, new Acknowledgements(new NoJournal()), Limits);
        Start(Line, heard.Lines);
        Start(Frame, heard.Frames);
        var login = "NICK w-irc\r\nUSER w 0 * :w\r\nJOIN #lobby\r\n"u8.ToArray();
        Start(Irc, heard.Irc).Feed(login, out _);
        var knowing = "CAP REQ :message-tags server-time setname away-notify extended-join\r\nNICK w-tags\r\nUSER w 0 * :w\r\nCAP END\r\nJOIN #lobby\r\n"u8.ToArray();
        Start(Irc, heard.Tagged).Feed(knowing, out _);
        Deliver();
    }

    public ProtocolConnection Start(IProtocol? protocol, InputBuffer told)
    {
        var recipient = new Recipient(_broadcaster, owner: null);
        _recipients.Add(recipient, told);
        var client = new ProtocolConnection(_context!, recipient);
        client.Begin(protocol);
        return client;
    }

    /// <summary>Brings everything to those who are told it.</summary>
    public void Deliver()
    {
        _broadcaster.Distribute();
        while (_broadcaster.TryTakeDirty(out var recipient))
        {
            var told = _recipients[recipient];
            while (recipient.Outbox.QueuedBytes > 0)
            {
                var bytes = recipient.Outbox.Peek(_scratch);
                told.Put(bytes);
                recipient.Outbox.Consume(bytes.Length);
            }
        }
    }

    public void Close()
    {
        Deliver();
        foreach (var recipient in _recipients.Keys)
        {
            recipient.Close();
        }

        _recipients.Clear();
    }

    private sealed class FrozenTime : TimeProvider
    {
        private static readonly DateTimeOffset Moment = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Moment;

        public override long GetTimestamp() => 0;
    }
}
