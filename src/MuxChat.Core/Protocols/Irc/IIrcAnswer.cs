namespace MuxChat.Core.Protocols.Irc;

/// <summary>An answer that may be long, given line by line as the client reads it.</summary>
internal interface IIrcAnswer
{
    /// <summary>Writes the next line. False after the last one.</summary>
    bool WriteLine(IrcDialogue client);
}
