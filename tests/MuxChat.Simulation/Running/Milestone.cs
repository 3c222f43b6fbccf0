namespace MuxChat.Simulation.Running;

/// <summary>What a run came to: the simulation is worth something only where these are met often.</summary>
internal enum Milestone
{
    QuitClosed,
    EndOfInputClosed,
    ResetClosed,
    SlowConsumerClosed,
    IdleTimeoutClosed,
    FrameOverrunClosed,
    ServerStoppingClosed,
    Accepted,
    TurnedAway,
    AcceptPaused,
    StoppedInChaos,
    GreetedForSilence,
    Mistaken,
    StaleReported,
    DescriptorReused,
    Held,
    ManySlices,
    Messages,
    Events,
}
