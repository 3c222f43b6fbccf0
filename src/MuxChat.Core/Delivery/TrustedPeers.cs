using MuxChat.Core.Chat;

namespace MuxChat.Core.Delivery;

/// <summary>
/// The peers that speak for others: proxies, which the server believes about a client's address, and gateways, which must prove themselves.
/// </summary>
/// <remarks>Owner: the server. Invariant: the lists do not change while it runs.</remarks>
/// <param name="proxies">The addresses of proxies.</param>
/// <param name="gateways">The addresses of gateways.</param>
public sealed class TrustedPeers(IReadOnlyList<AddressRange> proxies, IReadOnlySet<InternetAddress> gateways)
{
    /// <summary>No peer speaks for others.</summary>
    public static TrustedPeers None { get; } = new([], new HashSet<InternetAddress>());

    /// <summary>Whether the address is a proxy's.</summary>
    public bool IsProxy(InternetAddress address)
    {
        foreach (var range in proxies)
        {
            if (range.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the address is a gateway's.</summary>
    public bool IsGateway(InternetAddress address) => !address.IsUnknown && gateways.Contains(address);

    /// <summary>
    /// Counts a connection for the client that its peer names, if the peer is a proxy. Any other peer is not believed, and the result is
    /// ok.
    /// </summary>
    /// <param name="address">The client's address, as text, perhaps with a port.</param>
    /// <param name="connection">The connection, if there is one.</param>
    /// <returns>
    /// Ok, or <see cref="ErrorCode.BadField"/> if the text is no address, or another error if the address is over its limits.
    /// </returns>
    public CommandResult CountFor(ReadOnlySpan<byte> address, IOutputOwner? connection)
    {
        if (connection is null || !IsProxy(connection.Internet))
        {
            return CommandResult.Ok();
        }

        return InternetAddress.TryParseWithPort(address, out var client) && !client.IsUnknown
            ? connection.Readdress(new ForwardedPeer(client, 0, ForwardedTls.Unknown))
            : CommandResult.Error(ErrorCode.BadField, "the proxy names no address for the client");
    }

    /// <summary>Returns the address by which limits count a peer. They do not count the address of one that speaks for others.</summary>
    public PeerAddress PeerOf(InternetAddress address) => PeerAddress.Of(address, IsProxy(address) || IsGateway(address));
}
