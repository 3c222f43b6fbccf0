namespace MuxChat.LoadTests.Wires;

/// <summary>
/// The wire of simulated clients: a word of <c>--transport</c>, the listener for it, and what creates the wire of each client.
/// </summary>
/// <param name="Name">The word.</param>
/// <param name="Scheme">The scheme of the listener of a started server; empty where MuxChat has none.</param>
/// <param name="NeedsCertificate">Whether a started server needs a certificate.</param>
/// <param name="Wires">Returns, for one swarm, what creates the wire of the client with an index.</param>
internal sealed record Transport(string Name, string Scheme, bool NeedsCertificate, Func<Func<int, IWire>> Wires)
{
    /// <summary>The largest <c>--payload</c> in bytes.</summary>
    public int MaxPayloadBytes { get; init; } = 4_000;

    /// <summary>How many clients are on their way into the room at once.</summary>
    public int LoginsAtOnce { get; init; } = 64;

    /// <summary>Whether all who hear the same senders hear them in one order. Each sender's own lines are in order in any case.</summary>
    public bool HasOneOrder { get; init; } = true;

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
        Irc("irc"),
    ];

    /// <summary>The transport of a word; null if there is none.</summary>
    public static Transport? Find(string name) => All.FirstOrDefault(transport => transport.Name == name);

    /// <summary>IRC over TCP.</summary>
    /// <remarks>
    /// A line has 512 bytes (RFC 1459, section 2.3). The server puts the sender's nick, name and host before a text, and the room.
    /// </remarks>
    public static Transport Irc(string name) =>
        new(name, "irc", false, static () => static index => new IrcWire(index)) { MaxPayloadBytes = 400 };

    private static IWire Line(int index) => new LineWire();

    private static IWire WebSocket(int index) => new WebSocketWire(index);
}
