using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Mistakes;

/// <summary>A mistake of the program that the simulation has put in. The firewall may catch no other.</summary>
internal sealed class InjectedException(MistakeKind kind, IWireFormat? format = null) : Exception($"injected: {kind}")
{
    public MistakeKind Kind => kind;

    /// <summary>The wire format whose readers pay for it; null where one client does.</summary>
    public IWireFormat? Format => format;
}
