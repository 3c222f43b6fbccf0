namespace MuxChat.Simulation.Fuzz;

/// <summary>Something that takes bytes from strangers, and what must hold of it. Used by one thread.</summary>
internal interface IFuzzTarget
{
    string Name { get; }

    /// <summary>Makes an input, before it is mutated.</summary>
    void Generate(FuzzRandom random, InputBuffer input);

    /// <summary>Gives the input to the target in several ways and looks at what comes out.</summary>
    /// <param name="input">The input; not to be changed.</param>
    /// <param name="random">For limits and for cutting into pieces; the same numbers for the same input.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    string? Check(ReadOnlySpan<byte> input, FuzzRandom random);
}
