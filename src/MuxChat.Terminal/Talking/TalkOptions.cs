using MuxChat.Terminal.Connection;

namespace MuxChat.Terminal.Talking;

/// <summary>The arguments of <c>muxchat talk</c>.</summary>
public sealed record TalkOptions
{
    /// <summary>The server.</summary>
    public ConnectionOptions Connection { get; init; } = new();

    /// <summary>The rooms to enter, by their whole names; empty for the server's lobby.</summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <summary>The nick to take; null for the one that the server gives.</summary>
    public string? Nick { get; init; }
}
