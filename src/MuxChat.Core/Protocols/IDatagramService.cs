namespace MuxChat.Core.Protocols;

/// <summary>A service over UDP (RFC 768): each datagram is handled alone, and its sender has no connection.</summary>
/// <remarks>
/// An answer is the datagram itself, changed in place. It is therefore never larger than what came, and the server amplifies nothing
/// (RFC 8085, section 6). One object serves one listener, on one thread.
/// </remarks>
public interface IDatagramService
{
    /// <summary>Handles one datagram.</summary>
    /// <param name="datagram">The content, perhaps empty; may be changed in place.</param>
    /// <param name="sender">The sender, during this call.</param>
    DatagramResult Handle(Span<byte> datagram, IDatagramSender sender);
}

/// <summary>The outcome of a datagram.</summary>
public enum DatagramResult
{
    /// <summary>It was handled, and there is no answer.</summary>
    Done,

    /// <summary>Its bytes, as they now are, go back to the sender.</summary>
    Answer,

    /// <summary>It was dropped, because the service does not take it.</summary>
    Refused,

    /// <summary>It was dropped, because its first word is not the key of the service: the key is wrong or missing.</summary>
    WrongKey,
}

/// <summary>The sender of a datagram. Anyone can forge a sender's address (RFC 2827).</summary>
public interface IDatagramSender
{
    /// <summary>The port that the datagram came from.</summary>
    int Port { get; }

    /// <summary>Returns the address without the port: <c>localhost</c>, an IPv4 address, or the first 64 bits of an IPv6 address.</summary>
    string DescribeAddress();

    /// <summary>Returns the host as users may see it (see <see cref="Chat.IRecipient.DescribeHost"/>).</summary>
    byte[] DescribeHost();
}
