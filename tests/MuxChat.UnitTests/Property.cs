using CsCheck;

namespace MuxChat.UnitTests;

/// <summary>
/// What must hold for everything that a generator makes. Every run tries the same samples. When one of them fails, CsCheck looks for a
/// smaller one, and tells it with its seed: <c>CsCheck_Seed=SEED</c> in the environment runs that one again.
/// </summary>
internal static class Property
{
    // Only after a failure. Most tries are given up at once: what they make is larger than what has failed already.
    private const int TriesToShrink = 10_000;

    // The golden ratio: seeds that are far from each other.
    private const ulong Stride = 0x9E37_79B9_7F4A_7C15;

    public static void Holds<T1, T2>(Gen<(T1, T2)> anything, Action<T1, T2> check, int samples) =>
        Holds(anything, both => check(both.Item1, both.Item2), samples);

    public static void Holds<T>(Gen<T> anything, Action<T> check, int samples)
    {
        if (Environment.GetEnvironmentVariable("CsCheck_Seed") is not null)
        {
            anything.Sample(check, iter: 1, threads: 1);
            return;
        }

        for (var sample = 1UL; sample <= (ulong)samples; sample++)
        {
            var random = new PCG(1, sample * Stride);
            var seed = random.ToString();
            try
            {
                check(anything.Generate(random, null, out _));
            }
            catch (Exception failure)
            {
                anything.Sample(check, seed: seed, iter: TriesToShrink, threads: 1);
                throw new InvalidOperationException(
                    $"Sample {sample}, seed {seed}, failed once and not again: what is checked depends on something else.", failure);
            }
        }
    }
}
