using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Clients.Irc;

namespace MuxChat.Simulation.Mistakes;

/// <summary>A protocol of the product's whose dialogues, answers and wire formats throw now and then.</summary>
internal class SpoiltProtocol(IProtocol inner, Injector injector, NickLog? nicks) : IProtocol
{
    private readonly Dictionary<IWireFormat, IWireFormat> _formats = [];

    public string Name => inner.Name;

    public bool PingsIdleClients => inner.PingsIdleClients;

    public bool ReplaysOnEntry => inner.ReplaysOnEntry;

    protected Injector Injector => injector;

    public IFrameDecoder CreateDecoder() => inner.CreateDecoder();

    public IWireFormat FormatFor(int rooms)
    {
        var format = inner.FormatFor(rooms);
        if (!_formats.TryGetValue(format, out var spoilt))
        {
            _formats.Add(format, spoilt = new SpoiltFormat(format, injector));
        }

        return spoilt;
    }

    public bool Shows(EventKind kind) => inner.Shows(kind);

    public IDialogue Begin(IDialogueHost host)
    {
        var link = ChatLog.LinkOf(host.Output);
        link.Recipient = (Recipient)host.Output;
        injector.Throw(MistakeKind.Begin, link);
        var before = injector.Serving;
        injector.Serving = link;
        try
        {
            var dialogue = new SpoiltDialogue(BeginInner(new SpoiltHost(host, link, injector)), link, injector, nicks);
            nicks?.Add(link, dialogue, Name);
            return dialogue;
        }
        finally
        {
            injector.Serving = before;
        }
    }

    public ProtocolMatch LookForStranger(ReadOnlySpan<byte> first, bool isCut, out Stranger stranger) =>
        inner.LookForStranger(first, isCut, out stranger);

    protected virtual IDialogue BeginInner(IDialogueHost host) => inner.Begin(host);
}
