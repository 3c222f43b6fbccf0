using System.Runtime.CompilerServices;

namespace MuxChat.Simulation.Fuzz;

/// <summary>
/// SplitMix64. Each input has numbers of its own, from the seed, the target's name and the input's index, so that any
/// input can be made again alone.
/// </summary>
internal sealed class FuzzRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    public void Begin(long seed, string target, long index)
    {
        _state = (ulong)seed * Golden;
        foreach (var character in target)
        {
            _state = (_state ^ character) * 0x100000001B3;
        }

        _state ^= (ulong)index * 0xD1342543DE82EF95;
        NextLong();
    }

    /// <summary>Starts again from a number that <see cref="NextLong"/> gave.</summary>
    public void Restart(ulong state) => _state = state;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextLong()
    {
        var z = _state += Golden;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to one less than <paramref name="below"/>, which is at least 1.</summary>
    public int Next(int below) => (int)(((NextLong() >> 32) * (ulong)below) >> 32);

    public int Next(int min, int below) => min + Next(below - min);

    public bool OneIn(int chances) => Next(chances) == 0;

    public T Pick<T>(T[] choices) => choices[Next(choices.Length)];

    /// <summary>A length: mostly small, sometimes large.</summary>
    public int Length(int max) => Next(1 + (max >> Next(5)));
}
