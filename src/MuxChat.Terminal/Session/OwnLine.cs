namespace MuxChat.Terminal.Session;

/// <summary>How far a line of the user's has come.</summary>
internal enum OwnState
{
    /// <summary>Not sent, or certainly not carried out: it is sent as soon as possible.</summary>
    Waiting,

    /// <summary>Sent, and not acknowledged.</summary>
    Sent,

    /// <summary>Sent over a connection that broke. Only the room's past can say whether it was said.</summary>
    Unsure,
}

/// <summary>A line of the user's that the server has not acknowledged.</summary>
/// <param name="text">The text.</param>
/// <param name="isAction">Whether it says what the user does.</param>
/// <param name="time">When it was typed.</param>
internal sealed class OwnLine(string text, bool isAction, DateTimeOffset time)
{
    public string Text { get; } = text;

    public bool IsAction { get; } = isAction;

    public DateTimeOffset Time { get; } = time;

    public OwnState State { get; set; } = OwnState.Waiting;

    /// <summary>The nick under which it was sent.</summary>
    public string Nick { get; set; } = "";
}
