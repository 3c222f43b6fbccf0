namespace MuxChat.EndToEndTests.Hostile;

/// <summary>How messages are told apart on a listener, and by which words a client there is asked whether it is still in step.</summary>
public enum HostileLanguage
{
    /// <summary>Lines, and <c>/ping</c>.</summary>
    Lines,

    /// <summary>JSON after a length of four bytes, most significant first.</summary>
    Frames,

    /// <summary>The same, least significant first.</summary>
    ReversedFrames,

    /// <summary>IRC.</summary>
    Irc,

    /// <summary>Lines, each after a length of two bytes.</summary>
    Utf,

    /// <summary>No messages: all bytes come back, perhaps in capitals.</summary>
    EchoedBytes,

    /// <summary>Messages after a length of two bytes, which come back.</summary>
    EchoedMessages,

    /// <summary>Lines with commands; each answer is a header in JSON after a length of four bytes, and then its output.</summary>
    Exec,
}
