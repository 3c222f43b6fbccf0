namespace MuxChat.EndToEndTests.Hostile;

/// <summary>What a step does. <see cref="HostileStep"/> has a factory for each, by which cases are written.</summary>
public enum HostileAct
{
    /// <summary>
    /// Sends bytes, in two halves, between which the bystanders must be answered. <see cref="HostileStep.Sends(string)"/>,
    /// <see cref="HostileStep.Floods"/>.
    /// </summary>
    Send,

    /// <summary>Sends bytes one by one. <see cref="HostileStep.Drips(string)"/>.</summary>
    Drip,

    /// <summary>
    /// Sends a frame with its length in front. <see cref="HostileStep.Frame(string)"/>, <see cref="HostileStep.FloodsFrame"/>.
    /// </summary>
    SendFrame,

    /// <summary>The next line or frame must be this one. <see cref="HostileStep.Gets"/>, <see cref="HostileStep.GetsError"/>.</summary>
    Get,

    /// <summary>Lines of the server's come, however many, and then this one. <see cref="HostileStep.ReadsUntil"/>.</summary>
    ReadUntil,

    /// <summary>The next bytes must be these. <see cref="HostileStep.GetsBytes(string)"/>.</summary>
    GetBytes,

    /// <summary>The next message must have this content. <see cref="HostileStep.GetsMessage(string, int)"/>.</summary>
    GetMessage,

    /// <summary>A whole response of HTTP with this status comes. <see cref="HostileStep.GetsResponse"/>.</summary>
    GetResponse,

    /// <summary>The greeting of a client on lines comes. <see cref="HostileStep.IsGreeted"/>.</summary>
    ReadLineGreeting,

    /// <summary>The greeting of a client on frames comes. <see cref="HostileStep.IsGreetedByFrames"/>.</summary>
    ReadFrameGreeting,

    /// <summary>At least a second passes on the server's clock. <see cref="HostileStep.Waits"/>.</summary>
    Wait,
}
