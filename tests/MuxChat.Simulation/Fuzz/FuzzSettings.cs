namespace MuxChat.Simulation.Fuzz;

/// <summary>How much is tried.</summary>
/// <param name="Inputs">Inputs for each target.</param>
/// <param name="Seed">Where all randomness comes from.</param>
/// <param name="First">The number of the first input.</param>
/// <param name="Threads">Threads that share the inputs of a target.</param>
internal sealed record FuzzSettings(long Inputs, long Seed = 1, long First = 0, int Threads = 1)
{
    /// <summary>
    /// Whether a run fails that holds much more memory at its end than after its first inputs. It is the whole process that is measured, so
    /// it is asked for only where nothing else runs in it.
    /// </summary>
    public bool BoundsMemory { get; init; }
}
