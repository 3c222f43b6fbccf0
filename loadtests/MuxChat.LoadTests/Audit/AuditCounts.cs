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

    /// <summary>How often each kind of fault was found, by its name.</summary>
    public IReadOnlyList<(string Kind, long Count)> Faults() =>
    [
        ("lost", Lost), ("duplicated", Duplicated), ("reordered", Reordered), ("corrupted", Corrupted), ("refused", Refused),
    ];

    /// <summary>The counts of what went wrong, for a report.</summary>
    public string DescribeFaults() => string.Join(", ", Faults().Select(static fault => $"{fault.Count:N0} {fault.Kind}"));

    public bool IsClean => Lost == 0 && Duplicated == 0 && Reordered == 0 && Corrupted == 0 && Refused == 0;

    /// <summary>What was found since an earlier state of the same counts.</summary>
    public AuditCounts Since(AuditCounts earlier) => new()
    {
        Delivered = Delivered - earlier.Delivered,
        Lost = Lost - earlier.Lost,
        Duplicated = Duplicated - earlier.Duplicated,
        Reordered = Reordered - earlier.Reordered,
        Corrupted = Corrupted - earlier.Corrupted,
        Refused = Refused - earlier.Refused,
    };

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
