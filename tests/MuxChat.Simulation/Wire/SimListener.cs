namespace MuxChat.Simulation.Wire;

/// <summary>A listening socket: who waits to be accepted.</summary>
internal sealed class SimListener
{
    public Queue<SimChannel> Backlog { get; } = new();

    public bool IsListening { get; set; } = true;
}
