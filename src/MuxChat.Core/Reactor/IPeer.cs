namespace MuxChat.Core.Reactor;

/// <summary>Who is at the other end, for logs.</summary>
public interface IPeer
{
    /// <summary>The peer's address; made when asked for.</summary>
    string RemoteName { get; }
}
