namespace MuxChat.Simulation.Clients;

/// <summary>What one client believes of one room.</summary>
internal sealed class RoomPicture
{
    /// <summary>What the numbers belong to; 0 while it was not told.</summary>
    public long Epoch { get; set; }

    /// <summary>The number of its own entering.</summary>
    public long Entered { get; init; }

    /// <summary>When that was, among all that happened.</summary>
    public long EnteredIndex { get; init; }

    /// <summary>The last number seen.</summary>
    public long Last { get; set; }

    /// <summary>Numbers of its own that others' numbers have passed and that it was not told yet.</summary>
    public HashSet<long> Passed { get; } = [];
}
