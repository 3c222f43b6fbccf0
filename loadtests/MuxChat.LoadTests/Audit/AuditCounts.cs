namespace MuxChat.LoadTests.Audit;

/// <summary>What the receivers found. Anything but zero beside <see cref="Delivered"/> makes a run fail.</summary>
internal sealed record AuditCounts
{
    /// <summary>Lines received, each as it was sent.</summary>
    public long Delivered { get; set; }

    /// <summary>Lines that a receiver never got.</summary>
    public long Lost { get; set; }

    /// <summary>Lines that a receiver got more than once.</summary>
    public long Duplicated { get; set; }

    /// <summary>Lines that came after a later one of the same sender.</summary>
    public long Reordered { get; set; }

    /// <summary>Lines that are no line that was sent to that room.</summary>
    public long Corrupted { get; set; }

    /// <summary>Errors of the server's, and connections that it closed without being asked.</summary>
    public long Refused { get; set; }

    /// <summary>The counts of what went wrong, for a report.</summary>
    public string DescribeFaults() =>
        $"{Lost:N0} lost, {Duplicated:N0} duplicated, {Reordered:N0} reordered, {Corrupted:N0} corrupted, {Refused:N0} refused";

    public bool IsClean => Lost == 0 && Duplicated == 0 && Reordered == 0 && Corrupted == 0 && Refused == 0;

    public void Add(AuditCounts other)
    {
        Delivered += other.Delivered;
        Lost += other.Lost;
        Duplicated += other.Duplicated;
        Reordered += other.Reordered;
        Corrupted += other.Corrupted;
        Refused += other.Refused;
    }
}
