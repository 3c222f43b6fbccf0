using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>The services that one connection gives to its handler. Owner: the client's <see cref="ProtocolConnection"/>.</summary>
internal sealed class HandlerHost(ClientContext context, Recipient recipient) : IHandlerHost
{
    private GatewayLogin? _gateway;

    /// <inheritdoc/>
    public ChatHub Hub => context.Hub;

    /// <inheritdoc/>
    public TickClock Clock => context.Clock;

    /// <inheritdoc/>
    public IClientOutput Output => recipient;

    /// <inheritdoc/>
    public string DescribeAddress() => (recipient.Owner?.Address ?? default).Describe();

    /// <inheritdoc/>
    public ServerPassword? Password => context.Password;

    /// <inheritdoc/>
    public void ClaimGateway(ReadOnlySpan<byte> password, ReadOnlySpan<byte> address, bool isSecure) =>
        _gateway = GatewayLogin.Begin(context, recipient, password, address, isSecure);

    /// <summary>Moves an open claim of a gateway on. Returns whether it is still open: no frame is handled until it is not.</summary>
    public bool IsClaiming()
    {
        _gateway = _gateway?.Continue();
        return _gateway is not null;
    }

    /// <inheritdoc/>
    public bool IsProxy(ReadOnlySpan<byte> address) =>
        InternetAddress.TryParseWithPort(address, out var proxy) && context.Trusted.IsProxy(proxy);

    /// <inheritdoc/>
    public CommandResult CountFor(ReadOnlySpan<byte> address) => context.Trusted.CountFor(address, recipient.Owner);
}
