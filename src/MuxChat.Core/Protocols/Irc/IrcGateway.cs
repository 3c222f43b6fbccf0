using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>WEBIRC, with which a gateway tells the address of its client (IRCv3 WebIRC).</summary>
internal static class IrcGateway
{
    private const int Parameters = 4;

    private static readonly CommandResult Refused = CommandResult.Error(ErrorCode.BadField, "WEBIRC is not taken from this client");

    /// <summary>
    /// Starts the claim. It must be the first command: a client that sent it late would have begun with the gateway's address. The host
    /// name is ignored, because the server shows hosts as a hash of the address.
    /// </summary>
    public static CommandResult WebIrc(IrcProtocolHandler client, in IrcMessage message)
    {
        if (!client.IsFirstCommand || message.Count < Parameters)
        {
            client.Output.Expel(CloseReason.GatewayRefused);
            client.IsOver = true;
            return Refused;
        }

        client.Host.ClaimGateway(message[0], message[3], IsSecure(message[Parameters]));
        return CommandResult.Ok();
    }

    // The options are words with blanks between, some with a value. Unknown ones are ignored.
    private static bool IsSecure(ReadOnlySpan<byte> options)
    {
        foreach (var range in options.Split((byte)' '))
        {
            if (options[range].SequenceEqual("secure"u8))
            {
                return true;
            }
        }

        return false;
    }
}
