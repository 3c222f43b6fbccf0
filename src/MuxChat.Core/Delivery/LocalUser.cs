namespace MuxChat.Core.Delivery;

/// <summary>The user of this machine whose process connected over a Unix socket, as the kernel says (unix(7), SO_PEERCRED).</summary>
/// <param name="Name">The user's name in the password file; <c>uid-N</c> if it has none.</param>
/// <param name="Id">The user's number.</param>
/// <param name="ProcessId">The process that connected. It may have ended, and its number may have been used again.</param>
/// <param name="IsOperator">Whether the admin made this user a server operator.</param>
public sealed record LocalUser(string Name, uint Id, int ProcessId, bool IsOperator);
