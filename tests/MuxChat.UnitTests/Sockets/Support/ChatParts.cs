using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Line;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>A chat for people at terminals, for whichever I/O model serves it.</summary>
internal sealed class ChatParts
{
    public ChatParts(IProtocol? lines = null, IJournal? journal = null)
    {
        Line = lines ?? new LineProtocol();
        var clock = new TickClock(TimeProvider.System);
        var broadcaster = new Broadcaster(new SegmentPool());
        var hub = new ChatHub(broadcaster, Figures, clock, new ChatLimits(), "#lobby"u8.ToArray(), new Epochs(1));
        hub.FinishRestoring(journal ?? new NoJournal(), wasClean: true);
        var limits = new ClientLimits { Flood = false };
        Shared = new ClientContext(hub, broadcaster, clock, new ProtocolDetector(Line),
            new Acknowledgements(journal ?? new NoJournal()), limits);
    }

    public IProtocol Line { get; }

    public MetricSet Figures { get; } = new();

    public ClientContext Shared { get; }

    public SignallingObserver Observer { get; } = new();
}
