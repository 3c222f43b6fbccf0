namespace MuxChat.Simulation.Lives;

/// <summary>When and how a life of the server ends.</summary>
/// <param name="atUs">Not before this time, in microseconds.</param>
/// <param name="kind">How.</param>
/// <param name="calls">After so many more calls to the system.</param>
internal sealed class LifeEnd(long atUs, LifeEndKind kind, int calls)
{
    public long AtUs => atUs;

    public LifeEndKind Kind => kind;

    public int Calls { get; set; } = calls;

    /// <summary>The end of the life after it, soon after its start; null when that is left to itself.</summary>
    public LifeEnd? Next { get; set; }
}
