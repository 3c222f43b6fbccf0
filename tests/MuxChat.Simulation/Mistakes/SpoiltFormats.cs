using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Mistakes;

/// <summary>What one client reads and wishes to hear of: the choice throws now and then, and so do the wire formats.</summary>
internal sealed class SpoiltFormats(IWireFormats inner, SpoiltProtocol protocol, Link link, Injector injector) : IWireFormats
{
    public IWireFormat FormatFor(int rooms)
    {
        injector.ThrowFormats(MistakeKind.FormatFor, link);
        return protocol.Spoil(inner.FormatFor(rooms));
    }

    public bool Shows(EventKind kind)
    {
        injector.ThrowFormats(MistakeKind.Shows, link);
        return inner.Shows(kind);
    }
}
