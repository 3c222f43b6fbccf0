using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Tells IRC clients to use TLS from now on (IRCv3 strict transport security). Immutable.</summary>
/// <param name="port">The port that takes IRC over TLS.</param>
/// <param name="durationSeconds">How long a client keeps the policy after each connection; 0 makes it forget the policy.</param>
/// <param name="names">The names of the server, in lower case, to which the policy applies.</param>
public sealed class StsPolicy(int port, int durationSeconds, IReadOnlySet<string> names)
{
    private readonly byte[] _onPlain = Encoding.ASCII.GetBytes($"sts=port={port}");
    private readonly byte[] _onSecure = Encoding.ASCII.GetBytes($"sts=duration={durationSeconds}");

    /// <summary>The port that takes IRC over TLS.</summary>
    public int Port => port;

    /// <summary>
    /// Returns the capability with its value for one client; empty for none. Over TLS only the names on the list have the policy, because
    /// a client keeps it for the name that it used. A client on a Unix socket, or behind a proxy that ends TLS, could not follow it.
    /// </summary>
    public ReadOnlySpan<byte> CapabilityFor(IRecipient client) =>
        !client.IsSecure ? (client.IsDirect ? _onPlain : default) : names.Contains(client.SecureServerName) ? _onSecure : default;
}
