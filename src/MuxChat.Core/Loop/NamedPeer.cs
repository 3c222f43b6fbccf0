using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;

namespace MuxChat.Core.Loop;

/// <summary>
/// The client that a proxy or gateway named, as the peer of a connection: limits, hosts and logs take it instead of the proxy.
/// </summary>
/// <remarks>Owner: the connection. Invariant: the limiter counts the connection for this address.</remarks>
internal sealed class NamedPeer : IPeer
{
    private readonly IChannel _channel;
    private readonly ForwardedPeer _client;

    private NamedPeer(IChannel channel, ForwardedPeer client, PeerAddress address)
    {
        _channel = channel;
        _client = client;
        Address = address;
    }

    /// <inheritdoc/>
    public PeerAddress Address { get; }

    /// <inheritdoc/>
    public InternetAddress Internet => _client.Address;

    /// <summary>The client's own TLS. A gateway's word for it counts only if the gateway speaks TLS itself.</summary>
    public SecureLink? Secure => _client.Tls switch
    {
        ForwardedTls.PassedOn => _channel.Secure,
        ForwardedTls.Vouched when _channel.Secure is not null => SecureLink.Vouched,
        _ => null,
    };

    /// <inheritdoc/>
    public bool IsDirect => _client.Tls == ForwardedTls.PassedOn;

    /// <summary>The client's address and port, if it is known, and those of the proxy.</summary>
    public string RemoteName => $"{_client} via {_channel.RemoteName}";

    /// <summary>
    /// Lets the client count instead of the connection's peer so far. A client that is over its limits does not count, but the log names
    /// it.
    /// </summary>
    /// <param name="peer">The connection's peer, which is replaced.</param>
    /// <param name="client">The client.</param>
    /// <param name="channel">The connection's channel.</param>
    /// <param name="loop">The loop's limits.</param>
    /// <returns>Ok, or the error to send to the client.</returns>
    public static CommandResult TryReplace(ref IPeer peer, ForwardedPeer client, IChannel channel, LoopContext loop)
    {
        var address = loop.Shared.Trusted.PeerOf(client.Address);
        var answer = loop.Limiter.TryMove(peer.Address, address, loop.NowMs);
        peer = new NamedPeer(channel, client, answer.IsOk ? address : peer.Address);
        return answer;
    }
}
