namespace MuxChat.Core.Chat.History;

/// <summary>The marks that a remembered event keeps of the way it was said. Journals store the numbers, so they must not change.</summary>
[Flags]
public enum EventMarks : byte
{
    /// <summary>No mark.</summary>
    None = 0,

    /// <summary>The text is a notice, which a program must not answer (RFC 1459, section 4.4.2). Only something said can have it.</summary>
    Notice = 1,

    /// <summary>A program caused the event (IRCv3 bot mode).</summary>
    Bot = 2,
}
