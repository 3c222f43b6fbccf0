namespace MuxChat.EndToEndTests.Hostile;

/// <summary>What a step does.</summary>
public enum HostileAct
{
    Send,
    Drip,
    SendFrame,
    Get,
    ReadUntil,
    GetBytes,
    ReadLineGreeting,
    ReadFrameGreeting,
    Wait,
}
