namespace MuxChat.Core.Chat.Operators;

/// <summary>Somebody says that it is a server operator.</summary>
/// <param name="Name">The operator's name.</param>
/// <param name="Password">The password. Whoever verifies it clears it.</param>
/// <param name="By">Who says so.</param>
public sealed record OperatorClaim(byte[] Name, byte[] Password, OperatorAct By);
