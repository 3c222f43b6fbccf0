namespace MuxChat.Terminal.Session;

/// <summary>The nick, rooms and password of a session.</summary>
internal sealed record SessionOptions
{
    /// <summary>The rooms to enter; empty for the server's lobby.</summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <summary>The nick to take; null for the one that the server gives.</summary>
    public string? Nick { get; init; }

    /// <summary>The server's password; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>How many events a room shows that happened before the client entered: none by default.</summary>
    public int Recent { get; init; }

    /// <summary>Puts an error of the server, its code and its message, into words for the user. By default they are the message.</summary>
    public Func<string, string, string> Explain { get; init; } = static (_, message) => message;

    /// <summary>Does slow work on another thread, and then in the caller's loop what that returned. By default both at once.</summary>
    public Action<Func<Action>> Work { get; init; } = static work => work()();
}

/// <summary>How far the session with the server has come.</summary>
internal enum SessionPhase
{
    /// <summary>There is no connection.</summary>
    Offline,

    /// <summary>There is one, and the server has not said its welcome.</summary>
    Greeting,

    /// <summary>The server carries requests out.</summary>
    Ready,
}
