namespace MuxChat.Simulation.Clients.Irc;

/// <summary>The capabilities that the simulation's clients know (IRCv3 capability negotiation 302).</summary>
[Flags]
internal enum IrcCapability
{
    None = 0,
    AwayNotify = 1 << 0,
    CapNotify = 1 << 1,
    EchoMessage = 1 << 2,
    ExtendedJoin = 1 << 3,
    MessageTags = 1 << 4,
    MultiPrefix = 1 << 5,
    ServerTime = 1 << 6,
    StandardReplies = 1 << 7,
    UserhostInNames = 1 << 8,
    Batch = 1 << 9,
    LabeledResponse = 1 << 10,
    ChatHistory = 1 << 11,
    EventPlayback = 1 << 12,
}
