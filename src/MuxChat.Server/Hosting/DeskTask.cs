using MuxChat.Core.Chat.Operators;

namespace MuxChat.Server.Hosting;

/// <summary>Something that the operators' desk is to do.</summary>
/// <param name="By">Who asked.</param>
/// <param name="Claim">What is to be verified; null when the message of the day is to be read.</param>
internal sealed record DeskTask(OperatorAct By, OperatorClaim? Claim);
