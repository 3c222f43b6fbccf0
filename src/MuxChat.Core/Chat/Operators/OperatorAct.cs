namespace MuxChat.Core.Chat.Operators;

/// <summary>Who did something that is logged. Both come from outside: a log escapes them.</summary>
/// <param name="Nick">Its nick.</param>
/// <param name="RemoteName">Its address and port.</param>
public sealed record OperatorAct(string Nick, string RemoteName);
