namespace MuxChat.Storage.Tools;

/// <summary>What a journal's directory holds, and what is wrong with it.</summary>
public sealed record JournalCheck
{
    /// <summary>What kept the disk from being read, in words; then nothing else counts. Null when nothing did.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Segments that are there.</summary>
    public int Segments { get; init; }

    /// <summary>Their length in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Whole events in them, without those behind a damaged place in the same segment.</summary>
    public long Events { get; init; }

    /// <summary>Rooms that those events are of.</summary>
    public int Rooms { get; init; }

    /// <summary>
    /// Whether the last server had stored everything it was given when it ended. Not while one runs: then the end may be torn because it is
    /// being written.
    /// </summary>
    public bool IsClean { get; init; }

    /// <summary>All places where something is wrong, the first of each segment, oldest first.</summary>
    public IReadOnlyList<JournalDamage> Damages { get; init; } = [];

    /// <summary>Whether a start would be refused: there is damage that is no torn end.</summary>
    public bool IsDamaged => Damages.Any(damage => !damage.IsTornTail);
}
