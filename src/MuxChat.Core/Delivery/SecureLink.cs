namespace MuxChat.Core.Delivery;

/// <summary>The facts about a client's encrypted connection.</summary>
/// <param name="ServerName">
/// The name of the server that the client asked for, in lower case (SNI, RFC 6066, section 3); empty for none.
/// </param>
/// <param name="CertificateFingerprint">
/// The SHA-256 fingerprint of the client's certificate, in hexadecimal and lower case; empty if it showed none. The client has proved that
/// it has the key. No authority was asked about it.
/// </param>
public sealed record SecureLink(string ServerName, string CertificateFingerprint)
{
    /// <summary>A connection that a gateway says is encrypted. Its facts are not known.</summary>
    public static SecureLink Vouched { get; } = new("", "");
}
