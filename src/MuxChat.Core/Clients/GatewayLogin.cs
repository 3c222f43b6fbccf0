using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Delivery;

namespace MuxChat.Core.Clients;

/// <summary>The claim of one connection to come from a gateway, whose client has another address (IRCv3 WEBIRC).</summary>
/// <remarks>
/// Owner: the client's <see cref="ProtocolConnection"/>, which handles no input while the claim is open. Invariant: the address changes
/// only after the password was verified.
/// </remarks>
internal sealed class GatewayLogin : IGatewayWaiter
{
    private readonly ClientContext _context;
    private readonly Recipient _recipient;
    private readonly InternetAddress _gateway;
    private readonly ForwardedPeer _client;
    private readonly byte[] _hash;

    // Null once the worker has it, because the worker clears it.
    private byte[]? _password;
    private bool _isDone;

    private GatewayLogin(ClientContext context, Recipient recipient, ForwardedPeer client, byte[] password)
    {
        _context = context;
        _recipient = recipient;
        _gateway = recipient.Owner!.Internet;
        _client = client;
        _password = password;
        _hash = context.Gateways.HashOf(password);
    }

    /// <summary>
    /// Begins a claim. Returns null if the connection does not come from a gateway, or if the address is none; it is then expelled.
    /// </summary>
    public static GatewayLogin? Begin(
        ClientContext context, Recipient recipient, ReadOnlySpan<byte> password, ReadOnlySpan<byte> address, bool isSecure)
    {
        if (recipient.Owner is { } owner && context.Trusted.IsGateway(owner.Internet)
            && password.Length is > 0 and <= ServerOperators.MaxPasswordBytes
            && InternetAddress.TryParse(address, out var client) && !client.IsUnknown)
        {
            var named = new ForwardedPeer(client, 0, isSecure ? ForwardedTls.Vouched : ForwardedTls.Unknown);
            return new GatewayLogin(context, recipient, named, password.ToArray());
        }

        recipient.Expel(CloseReason.GatewayRefused);
        return null;
    }

    /// <summary>
    /// Moves an open claim on. The worker accepts a few at a time. Those that wait are answered at once when another one has proved the
    /// same password. The client's commands wait until then.
    /// </summary>
    /// <returns>The claim; null if it was answered.</returns>
    public GatewayLogin? Continue()
    {
        if (_password is not null)
        {
            Ask(_password);
        }

        return _isDone ? null : this;
    }

    /// <inheritdoc/>
    public void OnVerified(bool isRight)
    {
        _isDone = true;
        if (_recipient.Closing.IsEnded)
        {
            return;
        }

        if (!isRight)
        {
            _recipient.Expel(CloseReason.WrongPassword);
            return;
        }

        _context.Gateways.Remember(_gateway, _hash);
        var moved = _recipient.Owner!.Readdress(_client);
        if (!moved.IsOk)
        {
            _recipient.Receive(new ChatEvent { Kind = EventKind.Error, Result = moved });
            _recipient.Expel(CloseReason.AddressLimit);
        }
    }

    private void Ask(byte[] password)
    {
        if (_context.Gateways.IsProven(_gateway, _hash))
        {
            _password = null;
            OnVerified(true);
        }
        else if (_context.Hub.Operators.TryVerify(new GatewayClaim(_gateway.ToString(), password, _recipient.RemoteName), this))
        {
            _password = null;
        }
    }
}
