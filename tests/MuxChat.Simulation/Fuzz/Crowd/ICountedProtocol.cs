using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>A protocol of the product's whose commands are counted.</summary>
internal interface ICountedProtocol : IProtocol
{
    CommandCoverage Coverage { get; }

    /// <summary>The number that a frame's command has in the protocol's table; -1 for what is none.</summary>
    int WordOf(ReadOnlySpan<byte> frame);
}
