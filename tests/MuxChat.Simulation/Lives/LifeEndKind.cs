namespace MuxChat.Simulation.Lives;

/// <summary>How one life of the server ends.</summary>
internal enum LifeEndKind
{
    /// <summary>It was asked to stop, and did.</summary>
    Stop,

    /// <summary>The process was killed: what it had given to the system is there.</summary>
    Kill,

    /// <summary>The power went: what was not synced may be gone.</summary>
    PowerCut,
}
