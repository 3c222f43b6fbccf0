namespace MuxChat.Simulation.Lives;

/// <summary>The server's process has ended in the middle of its work.</summary>
internal sealed class ServerDiedException(LifeEndKind kind) : Exception($"{kind}")
{
    public LifeEndKind Kind => kind;
}
