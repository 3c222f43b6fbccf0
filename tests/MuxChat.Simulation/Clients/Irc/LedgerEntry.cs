using MuxChat.Simulation.Past;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>One thing that an IRC client must be told, noted at the moment the server does it.</summary>
/// <param name="Code">The numeric, or one of the words below.</param>
/// <param name="Text">What stands in the line: a nick, the rest of a list, a token, or the code of a FAIL.</param>
internal sealed record LedgerEntry(string Code, string Text)
{
    /// <summary>A pong: it marks what must have been told before.</summary>
    public const string Pong = "PONG";

    /// <summary>A page of a room's past.</summary>
    public const string Page = "PAGE";

    /// <summary>A FAIL CHATHISTORY.</summary>
    public const string Fail = "FAIL";

    /// <summary>The nick that the line is addressed to.</summary>
    public string To { get; init; } = "";

    /// <summary>Who is here under the nick, with the protocol that it spoke; null where that is not told.</summary>
    public (Link Link, string Protocol)? Who { get; init; }

    /// <summary>The label of the request; null for none, and for what the client did not ask for.</summary>
    public string? Label { get; init; }

    /// <summary>The room of a page.</summary>
    public RoomMemory? Memory { get; init; }

    /// <summary>The name of that room, as its first visitor spelled it.</summary>
    public string Room { get; init; } = "";

    /// <summary>What the page shows, oldest first.</summary>
    public Queue<LoggedEvent> Events { get; init; } = new();

    /// <summary>Whether the page may be empty and without the mark of the end: the event that was named may be forgotten.</summary>
    public bool MayBeUnknown { get; init; }

    /// <summary>Whether the page is marked as the last one in its direction.</summary>
    public bool IsEnd { get; init; }

    /// <summary>Whether a line begins a page, and has the mark of the last one and no other tag.</summary>
    public static bool IsEndOfPages(IrcSeen seen) =>
        seen.Parameters.Count == 3 && seen[1] == "chathistory" && seen.Tags.Keys.SequenceEqual(["draft/chathistory-end"]);

    public override string ToString() =>
        $"{Code} {To} '{Text}'{Room} label '{Label}'{(Who is { } who ? $" client {who.Link.ClientNumber}" : "")}";
}
