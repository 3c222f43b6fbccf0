namespace MuxChat.Simulation.Clients;

/// <summary>How a client reads.</summary>
internal enum ReadMode
{
    /// <summary>Everything, soon.</summary>
    Eager,

    /// <summary>A byte at a time, for a while.</summary>
    ByteWise,

    /// <summary>Not at all, until it changes its mind.</summary>
    Stalled,
}
