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

    ExtendedMonitor = 1 << 13,
    SetName = 1 << 14,

    /// <summary>Nobody has an account here, so nothing ever comes of it.</summary>
    AccountNotify = 1 << 15,

    /// <summary>The same.</summary>
    AccountTag = 1 << 16,

    /// <summary>Nobody's host changes, so nothing ever comes of it.</summary>
    ChgHost = 1 << 17,

    InviteNotify = 1 << 18,

    /// <summary>Those that change how an event of a room looks, and so make another wire format: at most 16 of them.</summary>
    InFormat = EchoMessage | ExtendedJoin | MessageTags | ServerTime,

    /// <summary>Those that say whether something that goes to each person once is heard at all: they make no other wire format.</summary>
    Personal = AwayNotify | InviteNotify | SetName,
}
