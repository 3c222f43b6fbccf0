namespace MuxChat.LoadTests.Wires;

/// <summary>
/// The wire of one simulated client. The client speaks the line protocol; the wire translates to what its connection carries, and back.
/// </summary>
/// <remarks>
/// A wire is this program's own code, so that a mistake of the server's codec cannot cancel out. <see cref="TlsWire"/> is the exception.
/// Owner: one client, on the swarm's thread.
/// </remarks>
internal interface IWire : IDisposable
{
    /// <summary>Frees what the wire holds besides memory. Most hold nothing.</summary>
    void IDisposable.Dispose()
    {
    }

    /// <summary>Sends what comes before any line, such as the request of an upgrade.</summary>
    void Begin(IWireOwner owner)
    {
    }

    /// <summary>Sends lines, each ended by LF. A wire that is not open yet keeps them until it is.</summary>
    void Send(ReadOnlySpan<byte> lines, IWireOwner owner);

    /// <summary>Reads from the front of what has arrived, gives the owner each line, and returns how many bytes are used up.</summary>
    int Receive(Span<byte> bytes, IWireOwner owner);
}

/// <summary>The client that a wire works for.</summary>
internal interface IWireOwner
{
    /// <summary>Takes one line of the line protocol, without its LF.</summary>
    void OnLine(ReadOnlySpan<byte> line);

    /// <summary>Takes bytes for the connection.</summary>
    void SendBytes(ReadOnlySpan<byte> bytes);

    /// <summary>Ends the connection, because what has arrived makes no sense; the text is for the report.</summary>
    void Fail(string why);
}
