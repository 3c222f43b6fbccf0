namespace MuxChat.Core.Protocols.Irc;

/// <summary>The capabilities that a client may ask for (IRCv3 capability negotiation 302).</summary>
[Flags]
internal enum IrcCaps
{
    None = 0,
    CapNotify = 1 << 0,
    EchoMessage = 1 << 1,
    ExtendedJoin = 1 << 2,
    MessageTags = 1 << 3,
    MultiPrefix = 1 << 4,
    ServerTime = 1 << 5,
    StandardReplies = 1 << 6,
    UserhostInNames = 1 << 7,
    AwayNotify = 1 << 8,
    Batch = 1 << 9,
    LabeledResponse = 1 << 10,
    ChatHistory = 1 << 11,
    EventPlayback = 1 << 12,

    /// <summary>Those that change how an event of a room looks, and so make another wire format: at most 32 of them.</summary>
    InFormat = AwayNotify | EchoMessage | ExtendedJoin | MessageTags | ServerTime,
}
