namespace MuxChat.Core.Delivery;

/// <summary>The client for which a proxy opened a connection.</summary>
/// <param name="Address">The client's address.</param>
/// <param name="Port">The client's port; 0 if it is not known.</param>
/// <param name="Tls">The meaning of TLS on the connection for the client.</param>
public sealed record ForwardedPeer(InternetAddress Address, int Port, ForwardedTls Tls = ForwardedTls.PassedOn)
{
    /// <summary>The client's address and port, if there is one, as text.</summary>
    public override string ToString()
    {
        var address = Address.IsIPv4 ? Address.ToString() : $"[{Address}]";
        return Port == 0 ? address : $"{address}:{Port}";
    }
}

/// <summary>The meaning of TLS on a proxy's connection for the client that the proxy serves.</summary>
public enum ForwardedTls
{
    /// <summary>The proxy passes all bytes on, so the TLS is the client's.</summary>
    PassedOn,

    /// <summary>The client's TLS, if any, ends at the proxy, which says nothing about it.</summary>
    Unknown,

    /// <summary>The client's TLS ends at the gateway, which says that there is one.</summary>
    Vouched,
}
