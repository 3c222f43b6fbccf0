using MuxChat.Core.Chat.History;
using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Files;
using MuxChat.Simulation.Programs;

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

    /// <summary>What is to open the room that is entered; empty for none.</summary>
    public string Key { get; init; } = "";

    /// <summary>What the number belongs to from which a room is resumed.</summary>
    public long Epoch { get; init; }

    /// <summary>The number after which the past is asked for.</summary>
    public long After { get; init; }

    /// <summary>How much of the past is asked for; 0 for what is usual.</summary>
    public int Limit { get; init; }

    /// <summary>On IRC: it is a notice.</summary>
    public bool IsNotice { get; init; }

    /// <summary>On IRC: a private message that is something done, not said.</summary>
    public bool IsAction { get; init; }

    /// <summary>On IRC: the capabilities to be switched on.</summary>
    public IrcCapability On { get; set; }

    /// <summary>On IRC: those to be switched off.</summary>
    public IrcCapability Off { get; init; }

    /// <summary>On lines and IRC: what must answer it where it must be refused: how the error begins; a numeric, or FAIL.</summary>
    public string Refusal { get; set; } = "";

    /// <summary>On IRC: the first request of the line that it is part of.</summary>
    public Intent? LineOf { get; set; }

    /// <summary>On IRC: whether what is said comes back.</summary>
    public bool Echoes { get; set; }

    /// <summary>On IRC: whether it has come back.</summary>
    public bool IsEchoed { get; set; }

    /// <summary>On IRC: the label of the line, as it is written; null for none.</summary>
    public string? Label { get; set; }

    /// <summary>How a frame names it; null for a frame that can carry no name.</summary>
    public string? Id { get; set; }

    /// <summary>Whether the server must refuse it, whatever the chat is like.</summary>
    public bool IsRefused => kind is IntentKind.Garbage or IntentKind.Overrun;

    /// <summary>The program that it runs; null where it is about none.</summary>
    public RunRequest? Run { get; init; }

    /// <summary>What it says about a file; null where it is about none.</summary>
    public FileRequest? File { get; init; }

    /// <summary>What came of it in a room.</summary>
    public LoggedEvent? Event { get; set; }

    /// <summary>The last of them: a new nick is told once for each room.</summary>
    public LoggedEvent? LastEvent { get; set; }

    /// <summary>That a server operator who entered the lobby is one there, too; null where nothing was to be said.</summary>
    public LoggedEvent? Rank { get; set; }

    /// <summary>Whether all that came of it is stored, or was not to be.</summary>
    public bool IsStored => LastEvent?.Outcome is null or JournalStatus.Stored
        && Rank?.Outcome is null or JournalStatus.Stored;

    /// <summary>Whether something comes before the word that it is done.</summary>
    public bool HasAnswer => kind is IntentKind.Ping or IntentKind.Who or IntentKind.Rooms or IntentKind.Stats or IntentKind.Help
        or IntentKind.History or IntentKind.Resume or IntentKind.Share or IntentKind.Files or IntentKind.Get or IntentKind.Run;

    /// <summary>Whether its own answer, such as a pong, was seen.</summary>
    public bool IsAnswered { get; set; }

    public override string ToString() =>
        $"{kind} #{Index} room '{Room}' nick '{Nick}' text '{Text}'"
            + $"{(kind is IntentKind.History or IntentKind.Resume ? $" epoch {Epoch} after {After} limit {Limit}" : "")}";
}
