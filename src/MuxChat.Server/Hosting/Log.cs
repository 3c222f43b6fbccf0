using Microsoft.Extensions.Logging;

namespace MuxChat.Server.Hosting;

/// <summary>Every message the server logs. One event is one line; no line of chat is ever logged.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "serving with {Io}: at most {Clients} clients, room {Room}")]
    public static partial void Serving(this ILogger logger, string io, int clients, string room);

    [LoggerMessage(2, LogLevel.Debug, "accepted {Remote}, now {Clients} clients")]
    public static partial void Accepted(this ILogger logger, string remote, int clients);

    [LoggerMessage(3, LogLevel.Debug, "closed {Remote} ({Nick}): {Reason}, now {Clients} clients")]
    public static partial void Closed(this ILogger logger, string remote, string nick, string reason, int clients);

    [LoggerMessage(4, LogLevel.Information, "cut {Remote} ({Nick}) as a slow consumer, now {Clients} clients; {Suppressed} more cut since the last such line")]
    public static partial void CutSlowConsumer(this ILogger logger, string remote, string nick, int clients, long suppressed);

    [LoggerMessage(5, LogLevel.Warning, "full: turned {Remote} away, {Clients} clients; {Suppressed} more since the last such line")]
    public static partial void TurnedAway(this ILogger logger, string remote, int clients, long suppressed);

    [LoggerMessage(6, LogLevel.Warning, "out of descriptors: not accepting for {PauseMs} ms, {Clients} clients; {Suppressed} more pauses since the last such line")]
    public static partial void AcceptPaused(this ILogger logger, int pauseMs, int clients, long suppressed);

    [LoggerMessage(7, LogLevel.Information, "stopping: {Clients} clients are told")]
    public static partial void Draining(this ILogger logger, int clients);

    [LoggerMessage(8, LogLevel.Information, "stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(9, LogLevel.Warning, "a second signal: stopping at once")]
    public static partial void StoppingAtOnce(this ILogger logger);

    [LoggerMessage(10, LogLevel.Warning, "skipped {Address}: {Reason}")]
    public static partial void AddressSkipped(this ILogger logger, string address, string reason);

    [LoggerMessage(11, LogLevel.Warning, "--max-clients {Asked} is more than {Descriptors} descriptors allow: {Clients} it is")]
    public static partial void ClientsLowered(this ILogger logger, int asked, int descriptors, int clients);

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "cut {Remote} ({Nick}): the cap on queued output was passed and it had most, now {Clients} clients; {Suppressed} more cut since the last such line")]
    public static partial void CutForOutputCap(this ILogger logger, string remote, string nick, int clients, long suppressed);

    [LoggerMessage(13, LogLevel.Warning, "turned {Remote} away: its address {Why}; {Suppressed} more since the last such line")]
    public static partial void RefusedAddress(this ILogger logger, string remote, string why, long suppressed);
}
