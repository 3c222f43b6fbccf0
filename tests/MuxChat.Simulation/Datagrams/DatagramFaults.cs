namespace MuxChat.Simulation.Datagrams;

/// <summary>What goes wrong with datagrams: shares of all datagrams, or of all calls.</summary>
internal sealed record DatagramFaults
{
    /// <summary>Each datagram arrives, at once and once.</summary>
    public static readonly DatagramFaults None = new();

    /// <summary>It is lost on its way, to the server or back.</summary>
    public double Lost { get; init; }

    /// <summary>It arrives twice.</summary>
    public double Doubled { get; init; }

    /// <summary>Longest way of a datagram, in microseconds. A later one may overtake it.</summary>
    public int MaxDelayUs { get; init; }

    /// <summary>Reading would block though there is something to be read.</summary>
    public double ReadBlocks { get; init; }

    /// <summary>Reading fails, once or for many calls.</summary>
    public double ReadFails { get; init; }

    /// <summary>An answer cannot be sent now.</summary>
    public double AnswerBlocks { get; init; }

    /// <summary>An answer cannot be sent.</summary>
    public double AnswerFails { get; init; }

    /// <summary>Nobody listens any more where an answer goes to: a later read fails for it (RFC 1122, section 4.1.3.3).</summary>
    public double Refused { get; init; }

    public static DatagramFaults Draw(SeededRandom random) => new()
    {
        Lost = random.Pick(0, 0, 0.1, 0.5),
        Doubled = random.Pick(0, 0, 0.1, 0.5),
        MaxDelayUs = random.Pick(0, 1_000, 300_000),
        ReadBlocks = random.Pick(0, 0.2),
        ReadFails = random.Pick(0, 0, 0.02, 0.3),
        AnswerBlocks = random.Pick(0, 0, 0.1, 0.7),
        AnswerFails = random.Pick(0, 0, 0.1),
        Refused = random.Pick(0, 0.3),
    };
}
