namespace MuxChat.Terminal.Connection;

/// <summary>The pause before the next attempt to connect. It grows from attempt to attempt, and half of it is random.</summary>
/// <remarks>Without chance all clients of a server that was restarted would come back in the same moment.</remarks>
/// <param name="random">The source of chance.</param>
internal sealed class Backoff(Random random)
{
    /// <summary>The first pause: 0.5 s.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause: 30 s.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lasted 10 s begins again with the first pause.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;

    /// <summary>Returns the pause after a connection that lasted so long, or zero if there was none.</summary>
    public TimeSpan Next(TimeSpan lasted)
    {
        var pause = lasted >= Steady ? First : _next;
        _next = pause * 2 < Longest ? pause * 2 : Longest;
        return pause * (0.5 + (random.NextDouble() / 2));
    }
}
