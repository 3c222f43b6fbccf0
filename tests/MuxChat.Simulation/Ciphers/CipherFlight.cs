using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Ciphers;

/// <summary>One flight of a handshake: a few records of any length.</summary>
internal static class CipherFlight
{
    private const int MaxRecords = 3;
    private const int LongestBytes = 2_000;
    private const int WordBytes = 3;

    /// <summary>Seals a flight. Each record says which flight it is of, whether it is its last, and which flight is the last.</summary>
    public static void Seal(CipherEnd end, int flight, int lastFlight, int maxContentBytes, SeededRandom random, ByteQueue into)
    {
        for (var left = random.Between(1, MaxRecords); left > 0; left--)
        {
            var max = Math.Min(maxContentBytes, random.Pick(WordBytes, 40, LongestBytes));
            var content = new byte[random.Between(WordBytes, max)];
            (content[0], content[1], content[2]) = ((byte)flight, (byte)(left == 1 ? 1 : 0), (byte)lastFlight);
            end.Seal(RecordType.Handshake, content, into);
        }
    }
}
