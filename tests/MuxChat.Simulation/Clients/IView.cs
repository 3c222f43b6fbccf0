namespace MuxChat.Simulation.Clients;

/// <summary>
/// What one client sees of the chat, as it reads it, byte by byte if need be. It fails the run when it sees what it must not.
/// </summary>
internal interface IView
{
    /// <summary>Takes what was read.</summary>
    void Read(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes of an unfinished line or frame.</summary>
    int UnfinishedBytes { get; }
}
