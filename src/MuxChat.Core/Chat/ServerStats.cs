namespace MuxChat.Core.Chat;

/// <summary>The server's figures at one moment, as <c>/stats</c> shows them.</summary>
/// <param name="Clients">Sessions at this moment.</param>
/// <param name="Rooms">Rooms at this moment.</param>
/// <param name="LinesIn">Lines taken since the start: said, acted and private ones.</param>
/// <param name="LinesDelivered">Copies of those lines queued to receivers since the start.</param>
/// <param name="UptimeMs">Milliseconds since the start.</param>
/// <param name="Io">The I/O model in use at this moment.</param>
/// <param name="Ticks">Turns of the event loop since the start; 0 where there is no loop.</param>
/// <param name="LongestTickUs">The longest turn, waiting not counted, in microseconds.</param>
/// <param name="AllocatedBytes">Bytes of managed memory allocated since the start.</param>
/// <param name="Collections">Garbage collections since the start.</param>
public sealed record ServerStats(
    int Clients,
    int Rooms,
    long LinesIn,
    long LinesDelivered,
    long UptimeMs,
    string Io,
    long Ticks,
    long LongestTickUs,
    long AllocatedBytes,
    int Collections);

/// <summary>What chat shows in <c>/stats</c> and cannot know by itself. Implemented by whatever runs it.</summary>
public interface IServerMetrics
{
    /// <summary>The I/O model in use at this moment, such as <c>epoll</c>.</summary>
    string Io { get; }

    /// <summary>Turns of the event loop since the start; 0 where there is no loop.</summary>
    long Ticks { get; }

    /// <summary>The longest turn, waiting not counted, in microseconds.</summary>
    long LongestTickUs { get; }

    /// <summary>Bytes of managed memory allocated since the start.</summary>
    long AllocatedBytes { get; }

    /// <summary>Garbage collections since the start.</summary>
    int Collections { get; }
}
