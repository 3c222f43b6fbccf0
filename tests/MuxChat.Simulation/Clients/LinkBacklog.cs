namespace MuxChat.Simulation.Clients;

/// <summary>What may be queued for one connection: for judging whether it was cut with reason.</summary>
internal sealed class LinkBacklog
{
    /// <summary>Bytes queued for it behind the last tick.</summary>
    public long QueuedBytes { get; set; }

    /// <summary>Since when more than the lower mark has been queued behind every tick; -1 when it is not.</summary>
    public long OverSinceMs { get; set; } = -1;

    /// <summary>What events can have added since the last tick, in bytes at the most.</summary>
    public long MostAddedBytes { get; set; }
}
