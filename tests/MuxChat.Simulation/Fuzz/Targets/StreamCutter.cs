namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>The ways in which an input comes: whole, byte by byte, and in random pieces.</summary>
internal static class StreamCutter
{
    /// <summary>Ways to give one input; the first is the whole.</summary>
    public const int Ways = 4;

    /// <summary>Longer inputs are not given byte by byte, but in pieces up to this length.</summary>
    private const int MaxSingleBytes = 512;

    /// <summary>Length of the next piece.</summary>
    public static int Next(int way, FuzzRandom random, int left, int whole) => way switch
    {
        0 => left,
        1 when whole <= MaxSingleBytes => 1,
        1 => Math.Min(left, 1 + random.Next(MaxSingleBytes)),
        2 => Math.Min(left, 1 + random.Next(8)),
        _ => Math.Min(left, 1 + random.Next(left)),
    };
}
