namespace MuxChat.Core.Protocols.Echo;

/// <summary>Sends each datagram back (RFC 862), perhaps in capitals. An empty one is answered by an empty one.</summary>
/// <param name="isUpper">Whether ASCII letters are sent back as capitals.</param>
public sealed class EchoDatagrams(bool isUpper) : IDatagramService
{
    /// <inheritdoc/>
    public DatagramResult Handle(Span<byte> datagram, IDatagramSender sender)
    {
        if (isUpper)
        {
            EchoProtocol.ToUpper(datagram);
        }

        return DatagramResult.Answer;
    }
}
