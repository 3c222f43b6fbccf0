namespace MuxChat.Simulation.Wire;

/// <summary>Is asked by the network at the moments that matter to checks.</summary>
internal interface INetworkWatch
{
    /// <summary>Nothing is ready and the loop is about to wait: time will go by.</summary>
    void BeforeTimePasses(int timeoutMs);

    /// <summary>A channel was closed by the loop.</summary>
    void Closed(SimChannel channel);
}
