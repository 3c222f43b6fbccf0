namespace MuxChat.Core.Delivery;

/// <summary>The owner of a recipient, if it knows where its client comes from.</summary>
public interface IAddressed
{
    /// <summary>What the limits of an address count by. The same as long as the connection lasts, also after it broke.</summary>
    PeerAddress Address { get; }

    /// <summary>The peer's address and port; made when asked for.</summary>
    string RemoteName { get; }
}
