using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>Recognises a protocol as the product does, and gives the one that is counted.</summary>
internal sealed class CountedSignature(IProtocolSignature inner, IProtocol counted) : IProtocolSignature
{
    public IProtocol Protocol => counted;

    public ProtocolMatch Match(ReadOnlySpan<byte> first) => inner.Match(first);
}
