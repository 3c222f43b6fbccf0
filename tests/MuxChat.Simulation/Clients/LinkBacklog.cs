namespace MuxChat.Simulation.Clients;

/// <summary>How one connection stood after the last tick: for judging whether it was cut with reason.</summary>
internal sealed class LinkBacklog
{
    /// <summary>Bytes queued for it after the last tick.</summary>
    public long QueuedBytes { get; set; }

    /// <summary>What was queued for it when it was doomed, as the loop says.</summary>
    public long UnsentBytes { get; set; }

    /// <summary>Bytes that had been sent to it then.</summary>
    public long BytesSent { get; set; }

    /// <summary>Bytes that had been received from it then.</summary>
    public long BytesReceived { get; set; }

    /// <summary>When the last that counted were received, or when it was accepted.</summary>
    public long LastInputMs { get; set; }

    /// <summary>When a part of a file was sent to it, or taken from it: it has read what came before.</summary>
    public long FilePartMs { get; set; }

    /// <summary>When its conversation ended; -1 when it had not. What comes later does not count.</summary>
    public long EndedMs { get; set; } = -1;

    /// <summary>Since when more than the lower mark has been queued after every tick; -1 when it is not.</summary>
    public long OverSinceMs { get; set; } = -1;

    /// <summary>What events can have added since the last tick, in bytes at the most.</summary>
    public long MaxAddedBytes { get; set; }
}
