namespace MuxChat.Simulation.Wire;

/// <summary>The client's end of a connection, as its channel knows it.</summary>
internal interface IFarEnd
{
    /// <summary>Whose it is, for the trace.</summary>
    int ClientNumber { get; }

    /// <summary>The server has sent something: looked at before anyone reads it.</summary>
    void OnSent(ReadOnlySpan<byte> bytes);

    /// <summary>There is something to be read, or the end.</summary>
    void OnReadable();
}
