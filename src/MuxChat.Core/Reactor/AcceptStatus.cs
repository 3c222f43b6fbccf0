namespace MuxChat.Core.Reactor;

/// <summary>How an accept ended.</summary>
public enum AcceptStatus
{
    /// <summary>There is a new channel.</summary>
    Accepted,

    /// <summary>Nobody is waiting.</summary>
    WouldBlock,

    /// <summary>The one who was waiting is gone, or the accept was interrupted: the next one may do.</summary>
    Failed,

    /// <summary>
    /// There are no descriptors or no memory left for another channel, or something else is wrong that would be so again: accepting pauses.
    /// </summary>
    OutOfDescriptors,
}
