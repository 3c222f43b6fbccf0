using MuxChat.Simulation.Fuzz.Crowd;

namespace MuxChat.Simulation.Fuzz;

/// <summary>A target that counts which commands it has had carried out. A run that is long enough must come to all.</summary>
internal interface ICoversCommands
{
    CommandCoverage Coverage { get; }
}
