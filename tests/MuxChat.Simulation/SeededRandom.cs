namespace MuxChat.Simulation;

/// <summary>
/// The one source of chance: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014), written out here so
/// that the same seed gives the same numbers under every runtime.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(seed + Step);

    /// <summary>A generator of its own for one part of a run: what another part draws does not change it.</summary>
    public static SeededRandom For(ulong seed, int part, int place = 0, int index = 0) =>
        new(Mix(seed) ^ Mix(((ulong)(uint)part << 48) ^ ((ulong)(uint)place << 32) ^ (uint)index ^ Step));

    public ulong Next() => Mix(_state += Step);

    /// <summary>A number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public int Between(int min, int max) => min + Below(max - min + 1);

    /// <summary>True in this share of all cases.</summary>
    public bool Chance(double share) => share > 0 && (Next() >> 11) * (1.0 / (1UL << 53)) < share;

    /// <summary>One of the values, all equally likely.</summary>
    public T Pick<T>(params ReadOnlySpan<T> values) => values[Below(values.Length)];

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
