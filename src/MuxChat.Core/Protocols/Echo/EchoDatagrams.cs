namespace MuxChat.Core.Protocols.Echo;

/// <summary>Sends each datagram back (RFC 862), perhaps in capitals. An empty one is answered by an empty one.</summary>
/// <remarks>
/// A datagram from a system port (0 to 1023: RFC 6335, section 6) is not answered. A forged one could make this service and another one,
/// such as echo, chargen or DNS, answer each other for ever.
/// </remarks>
/// <param name="isUpper">Whether ASCII letters are sent back as capitals.</param>
public sealed class EchoDatagrams(bool isUpper) : IDatagramService
{
    private const int LastSystemPort = 1023;

    /// <inheritdoc/>
    public DatagramResult Handle(Span<byte> datagram, IDatagramSender sender)
    {
        if (sender.Port <= LastSystemPort)
        {
            return DatagramResult.Refused;
        }

        if (isUpper)
        {
            EchoProtocol.ToUpper(datagram);
        }

        return DatagramResult.Answer;
    }
}
