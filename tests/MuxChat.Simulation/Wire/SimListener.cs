using MuxChat.Simulation.Datagrams;

namespace MuxChat.Simulation.Wire;

/// <summary>A listening socket: who waits to be accepted.</summary>
internal sealed class SimListener
{
    public Queue<SimChannel> Backlog { get; } = new();

    public bool IsListening { get; set; } = true;

    /// <summary>Its datagrams; null where it accepts connections.</summary>
    public SimDatagramSocket? Datagrams { get; set; }

    /// <summary>It is closed: who waits is refused, and datagrams are lost.</summary>
    public void Close()
    {
        Datagrams?.Abandon();
        foreach (var waiting in Backlog)
        {
            waiting.Reset();
        }
    }

    /// <summary>Whether there is something to be accepted or read.</summary>
    public bool IsReady => Backlog.Count > 0 || Datagrams is { IsReadable: true };
}
