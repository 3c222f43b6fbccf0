namespace MuxChat.Simulation.Clients;

/// <summary>One request of a client's, as the client means it, and what became of it.</summary>
internal sealed class Intent(IntentKind kind)
{
    public IntentKind Kind => kind;

    /// <summary>Its place among the requests of its connection, from 0.</summary>
    public int Index { get; set; }

    /// <summary>The room named; empty for the current one.</summary>
    public string Room { get; init; } = "";

    /// <summary>The text, topic, reason or token.</summary>
    public string Text { get; init; } = "";

    /// <summary>The nick: the new one, or that of the person written to.</summary>
    public string Nick { get; init; } = "";

    /// <summary>What the number belongs to from which a room is resumed.</summary>
    public long Epoch { get; init; }

    /// <summary>The number after which the past is asked for.</summary>
    public long After { get; init; }

    /// <summary>How much of the past is asked for; 0 for what is usual.</summary>
    public int Limit { get; init; }

    /// <summary>How a frame names it; null for a frame that can carry no name.</summary>
    public string? Id { get; set; }

    /// <summary>Whether the server must refuse it, whatever the chat is like.</summary>
    public bool IsRefused => kind is IntentKind.Garbage or IntentKind.Overrun;

    /// <summary>What came of it in a room.</summary>
    public LoggedEvent? Event { get; set; }

    /// <summary>The last of them: a new nick is told once for each room.</summary>
    public LoggedEvent? LastEvent { get; set; }

    /// <summary>Whether its own answer, such as a pong, was seen.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>How many requests before it must be refused.</summary>
    public int RefusedBefore { get; set; }

    public override string ToString() => $"{kind} #{Index} room '{Room}' nick '{Nick}' text '{Text}'{(kind is IntentKind.History or IntentKind.Resume ? $" epoch {Epoch} after {After} limit {Limit}" : "")}";
}
