using System.Security.Cryptography.X509Certificates;

namespace MuxChat.Terminal.Connection;

/// <summary>Which server a client speaks to, and how.</summary>
public sealed record ConnectionOptions
{
    /// <summary>The address of the server.</summary>
    public ServerAddress Address { get; init; } = ServerAddress.Default;

    /// <summary>Whether the connection is encrypted, and the server's certificate verified.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The certificates that may vouch for the server's; null for the roots of the system.</summary>
    public X509Certificate2Collection? Roots { get; init; }

    /// <summary>The server's password; null for none.</summary>
    public string? Password { get; init; }
}
