using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Mistakes;

/// <summary>A wire format that throws now and then, when all is written: what was written may not be sent.</summary>
internal sealed class SpoiltFormat(IWireFormat inner, Injector injector) : IWireFormat
{
    public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
    {
        inner.Encode(chatEvent, writer);
        injector.ThrowInstead(chatEvent, this);
    }

    public bool ShowsToActor(EventKind kind)
    {
        injector.ThrowHowShown(this);
        return inner.ShowsToActor(kind);
    }

    public bool IsOncePerPerson(EventKind kind)
    {
        injector.ThrowHowShown(this);
        return inner.IsOncePerPerson(kind);
    }
}
