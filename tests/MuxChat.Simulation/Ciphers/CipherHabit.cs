namespace MuxChat.Simulation.Ciphers;

/// <summary>How a client opens its cipher.</summary>
internal enum CipherHabit
{
    /// <summary>It answers each flight at once.</summary>
    Quick,

    /// <summary>It takes its time before each flight, and may come too late.</summary>
    Slow,

    /// <summary>It stops within a flight, and stays.</summary>
    Stops,

    /// <summary>It sends something wrong.</summary>
    Spoils,

    /// <summary>It closes its side within a flight, or breaks the connection.</summary>
    Leaves,

    /// <summary>It speaks without a cipher to a server that speaks through one only.</summary>
    Plain,
}
