namespace MuxChat.LoadTests.Comparing;

/// <summary>One number of clients under one I/O model, over all rounds.</summary>
internal sealed record ComparisonRow
{
    public required int Clients { get; init; }

    public required string Io { get; init; }

    /// <summary>Deliveries per second of the server's processor time.</summary>
    public required Spread PerCpuSecond { get; init; }

    public required Spread PerSecond { get; init; }

    /// <summary>In microseconds.</summary>
    public required Spread P50 { get; init; }

    /// <summary>In microseconds.</summary>
    public required Spread P99 { get; init; }

    public required Spread LoginSeconds { get; init; }

    /// <summary>Resident memory at rest, all clients logged in, in KB.</summary>
    public required Spread RestKb { get; init; }

    public required int Threads { get; init; }

    public required Spread SwitchesPerSecond { get; init; }

    public required Spread AllocatedPerDelivery { get; init; }

    /// <summary>Whether it did the most with its processor time, of all models at this number of clients.</summary>
    public bool IsWinner { get; init; }

    /// <summary>Its median against the winner's.</summary>
    public double AgainstWinner { get; init; }
}
