namespace MuxChat.Core.Chat;

/// <summary>Why a client's connection is to be closed, where the chat says so: it marks the recipient, and whatever serves the client does it.</summary>
public enum Expulsion : byte
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>A server operator did it. The client and its rooms have been told.</summary>
    Killed,

    /// <summary>The client gave a wrong password, or too many.</summary>
    WrongPassword,
}
