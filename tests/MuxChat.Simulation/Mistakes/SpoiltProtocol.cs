using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Clients.Irc;

namespace MuxChat.Simulation.Mistakes;

/// <summary>A protocol of the product's whose handlers, answers and wire formats throw now and then.</summary>
internal class SpoiltProtocol(IProtocol inner, Injector injector, NickLog? nicks) : IProtocol
{
    private readonly Dictionary<IWireFormat, IWireFormat> _formats = [];

    public string Name => inner.Name;

    public bool PingsIdleClients => inner.PingsIdleClients;

    protected Injector Injector => injector;

    public IFraming Framing => inner.Framing;

    public IWireFormat FormatFor(int rooms) => Spoil(inner.FormatFor(rooms));

    /// <summary>A wire format that throws now and then: one for each of the product's.</summary>
    public IWireFormat Spoil(IWireFormat format)
    {
        if (!_formats.TryGetValue(format, out var spoilt))
        {
            _formats.Add(format, spoilt = new SpoiltFormat(format, injector));
        }

        return spoilt;
    }

    public bool Shows(EventKind kind) => inner.Shows(kind);

    /// <summary>What a client reads by now, which it may have chosen itself, throws as well from now on.</summary>
    public void SpoilFormatsOf(Link link)
    {
        var recipient = link.Recipient!;
        if (injector.HasFormats && recipient.Formats is { } formats and not SpoiltFormats)
        {
            recipient.Use(new SpoiltFormats(ReferenceEquals(formats, this) ? inner : formats, this, link, injector));
        }
    }

    public IProtocolHandler Begin(IHandlerHost host)
    {
        var link = ChatLog.LinkOf(host.Output);
        link.Recipient = (Recipient)host.Output;
        injector.Throw(MistakeKind.Begin, link);
        var before = injector.Serving;
        injector.Serving = link;
        try
        {
            var handler = new SpoiltHandler(BeginInner(host), link, this, injector, nicks);
            SpoilFormatsOf(link);
            nicks?.Add(link, handler, Name);
            return handler;
        }
        finally
        {
            injector.Serving = before;
        }
    }

    public ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign) =>
        inner.DetectForeign(first, isCut, out foreign);

    protected virtual IProtocolHandler BeginInner(IHandlerHost host) => inner.Begin(host);
}
