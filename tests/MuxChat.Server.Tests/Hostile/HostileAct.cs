namespace MuxChat.Server.Tests.Hostile;

/// <summary>What a step does.</summary>
public enum HostileAct
{
    Send,
    Drip,
    SendFrame,
    Get,
    GetBytes,
    ReadLineGreeting,
    ReadFrameGreeting,
    Wait,
}
