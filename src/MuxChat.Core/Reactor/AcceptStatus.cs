namespace MuxChat.Core.Reactor;

/// <summary>How an accept ended.</summary>
public enum AcceptStatus
{
    /// <summary>There is a new channel.</summary>
    Accepted,

    /// <summary>Nobody is waiting.</summary>
    WouldBlock,

    /// <summary>The one who was waiting is gone, or something else passing; try again.</summary>
    Failed,

    /// <summary>There are no descriptors (or memory) left for another channel.</summary>
    OutOfDescriptors,
}
