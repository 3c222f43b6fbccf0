using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Mistakes;

/// <summary>Recognises a protocol as the product does, and gives the one that throws.</summary>
internal sealed class SpoiltSignature(IProtocolSignature inner, IProtocol spoilt) : IProtocolSignature
{
    public IProtocol Protocol => spoilt;

    public ProtocolMatch Match(ReadOnlySpan<byte> first) => inner.Match(first);
}
