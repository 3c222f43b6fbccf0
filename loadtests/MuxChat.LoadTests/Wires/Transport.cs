namespace MuxChat.LoadTests.Wires;

/// <summary>What the connections of simulated clients carry: a word of <c>--transport</c>, the listener for it, and the wire of each client.</summary>
/// <param name="Name">The word.</param>
/// <param name="Scheme">The scheme of the listener of a started server.</param>
/// <param name="CreateWire">Creates the wire of the client with that index.</param>
internal sealed record Transport(string Name, string Scheme, Func<int, IWire> CreateWire)
{
    /// <summary>Lines over TCP.</summary>
    public static Transport Tcp { get; } = new("tcp", "line", static _ => new LineWire());

    /// <summary>All transports.</summary>
    public static IReadOnlyList<Transport> All { get; } =
    [
        Tcp,
        new("frame", "frame", static _ => new FrameWire()),
        new("ws", "http", static index => new WebSocketWire(index)),
    ];

    /// <summary>The transport of a word; null if there is none.</summary>
    public static Transport? Find(string name) => All.FirstOrDefault(transport => transport.Name == name);
}
