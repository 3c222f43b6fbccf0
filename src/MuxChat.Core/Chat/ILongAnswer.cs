namespace MuxChat.Core.Chat;

/// <summary>
/// An answer that may be long. It is given part by part, as the client reads it and others have their turn, and looks at the chat anew for
/// each part.
/// </summary>
internal interface ILongAnswer
{
    /// <summary>Writes the next part, of a few kilobytes at the most. False after the last one.</summary>
    bool WritePart();
}
