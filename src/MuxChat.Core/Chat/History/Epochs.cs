namespace MuxChat.Core.Chat.History;

/// <summary>
/// Draws the epochs of rooms: numbers from 1 to 2^53 - 1 (what JSON readers take exactly, RFC 8259 section 6), so sparse that none comes
/// twice, whatever the clock says and however often the server is started.
/// </summary>
/// <remarks>
/// SplitMix64 (Steele, Lea, Flood 2014) over a seed that is passed in: random in earnest for a server, fixed for a simulation.
/// </remarks>
public sealed class Epochs(ulong seed)
{
    private const int Bits = 53;

    private ulong _state = seed;

    /// <summary>The next epoch.</summary>
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
