using MuxChat.Terminal.Connection;

namespace MuxChat.Terminal.Saying;

/// <summary>The arguments of <c>muxchat say</c>.</summary>
public sealed record SayOptions
{
    /// <summary>The server.</summary>
    public ConnectionOptions Connection { get; init; } = new();

    /// <summary>The room, by its whole name.</summary>
    public required string Room { get; init; }

    /// <summary>The room's key; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The nick to take; null for the one that the server gives.</summary>
    public string? Nick { get; init; }

    /// <summary>The time for all of it; null for as long as lines are acknowledged.</summary>
    public TimeSpan? Timeout { get; init; }
}
