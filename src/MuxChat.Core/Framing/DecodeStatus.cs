namespace MuxChat.Core.Framing;

/// <summary>What a decoder found at the front of the bytes it was given.</summary>
public enum DecodeStatus
{
    /// <summary>No whole frame yet. Bytes may have been consumed all the same (the rest of a frame that is being skipped).</summary>
    NeedMore,

    /// <summary>A whole frame.</summary>
    Frame,

    /// <summary>A frame without content where the protocol allows none.</summary>
    Empty,

    /// <summary>A frame longer than the limit; it is being skipped to its end. Said once for each such frame.</summary>
    TooLong,

    /// <summary>More than <see cref="FrameLimits.OverrunFactor"/> times the limit: the connection is to be closed.</summary>
    Overrun,
}
