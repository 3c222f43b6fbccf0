namespace MuxChat.Simulation.Running;

/// <summary>What a step of a trace is.</summary>
internal enum TraceKind
{
    Tick,
    Wait,
    Fault,
    Connect,
    Accept,
    Act,
    Arrive,
    Receive,
    Send,
    Read,
    Watch,
    ShutDown,
    Close,
    End,
    Publish,
    Phase,
    Disk,
}
