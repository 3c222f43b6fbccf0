namespace MuxChat.LoadTests.Wires;

/// <summary>
/// The wire of simulated clients: a word of <c>--transport</c>, the listener for it, and what creates the wire of each client.
/// </summary>
/// <param name="Name">The word.</param>
/// <param name="Scheme">The scheme of the listener of a started server.</param>
/// <param name="NeedsCertificate">Whether a started server needs a certificate.</param>
/// <param name="Wires">Returns, for one swarm, what creates the wire of the client with an index.</param>
internal sealed record Transport(string Name, string Scheme, bool NeedsCertificate, Func<Func<int, IWire>> Wires)
{
    /// <summary>Lines over TCP.</summary>
    public static Transport Tcp { get; } = new("tcp", "line", false, static () => Line);

    /// <summary>All transports.</summary>
    public static IReadOnlyList<Transport> All { get; } =
    [
        Tcp,
        new("frame", "frame", false, static () => static _ => new FrameWire()),
        new("ws", "http", false, static () => WebSocket),
        new("tls", "line+tls", true, static () => TlsWire.For(Line)),
        new("wss", "https", true, static () => TlsWire.For(WebSocket)),
    ];

    /// <summary>The transport of a word; null if there is none.</summary>
    public static Transport? Find(string name) => All.FirstOrDefault(transport => transport.Name == name);

    private static IWire Line(int index) => new LineWire();

    private static IWire WebSocket(int index) => new WebSocketWire(index);
}
