namespace MuxChat.Core.Chat.History;

/// <summary>
/// Draws the epochs of rooms: random numbers from 1 to 2^53 - 1, the largest integer that JSON readers take exactly (RFC 8259, section 6).
/// </summary>
/// <remarks>
/// Epochs are so sparse that none repeats, whatever the clock says and however often the server is started. The generator is SplitMix64
/// (Steele, Lea, Flood 2014). The caller passes the seed: a truly random one for a server, a fixed one for a simulation.
/// </remarks>
public sealed class Epochs(ulong seed)
{
    private const int Bits = 53;

    private ulong _state = seed;

    /// <summary>Draws the next epoch; never 0.</summary>
    public long Next()
    {
        long epoch;
        do
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            epoch = (long)((mixed ^ (mixed >> 31)) >> (64 - Bits));
        }
        while (epoch == 0);
        return epoch;
    }
}
