namespace MuxChat.Core.Reactor;

/// <summary>How a read or write on a channel ended. What a peer does is a value, never an exception.</summary>
public enum ChannelStatus
{
    /// <summary>Some bytes were moved: at least one, perhaps fewer than asked.</summary>
    Ok,

    /// <summary>Nothing can be moved now.</summary>
    WouldBlock,

    /// <summary>The peer closed its side: nothing more will be read.</summary>
    EndOfInput,

    /// <summary>The connection is broken.</summary>
    Broken,
}
