using MuxChat.Core.Loop;

namespace MuxChat.Simulation.Ciphers;

/// <summary>What ciphers of one run are like.</summary>
/// <param name="Share">The share of connections that speak through a cipher.</param>
/// <param name="ContentBytes">The most content in one record; that of TLS, or so little that most messages take several.</param>
/// <param name="Bad">The share of ciphers that never open, through their client's fault.</param>
/// <param name="Slow">The share that take their time.</param>
internal sealed record CipherPlan(double Share, int ContentBytes, double Bad, double Slow)
{
    /// <summary>The most content in one record of TLS.</summary>
    public const int MaxContentBytes = 16 * 1024;

    // A flight of a handshake and what follows it.
    private const int RecordsAtOnce = 6;

    /// <summary>
    /// What a cipher needs to be read with. For short records it is far less than for those of TLS, so that less is read at once.
    /// </summary>
    public int MinReceiveBytes =>
        ContentBytes == MaxContentBytes ? IChannel.MaxReceiveBytes : RecordsAtOnce * (ContentBytes + CipherEnd.OverheadBytes);

    /// <summary>In one run of four some clients speak through a cipher.</summary>
    public static CipherPlan? Draw(SeededRandom random) => !random.Chance(0.25) ? null
        : new CipherPlan(
            random.Pick(0.3, 0.6, 1),
            random.Pick(MaxContentBytes, MaxContentBytes, 1_000, 60),
            random.Pick(0, 0.2, 0.5),
            random.Pick(0, 0.2));
}
