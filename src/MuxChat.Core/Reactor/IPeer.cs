namespace MuxChat.Core.Reactor;

/// <summary>Who is at the other end: for logs, and for the limits of an address.</summary>
public interface IPeer
{
    /// <summary>The peer's address; made when asked for.</summary>
    string RemoteName { get; }

    /// <summary>What the limits of an address count by. The same as long as the connection lasts, also after it broke.</summary>
    PeerAddress Address { get; }
}
