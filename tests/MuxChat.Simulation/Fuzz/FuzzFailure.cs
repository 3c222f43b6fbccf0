namespace MuxChat.Simulation.Fuzz;

/// <summary>An input on which something that must hold does not.</summary>
/// <param name="Target">What was fuzzed.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Index">The input's number in it.</param>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Input">The input, as short as it could be made.</param>
/// <param name="OriginalBytes">How long it was.</param>
internal sealed record FuzzFailure(string Target, long Seed, long Index, string Wrong, byte[] Input, int OriginalBytes)
{
    public override string ToString() =>
        $"{Target}: seed {Seed}, input {Index}: {Wrong}\n  input ({Input.Length} bytes, shrunk from {OriginalBytes}): "
            + $"{Convert.ToHexString(Input)}\n  again: --decoder {Target} --seed {Seed} --first {Index} --inputs 1";
}
