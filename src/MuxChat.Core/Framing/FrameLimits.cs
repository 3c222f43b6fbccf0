namespace MuxChat.Core.Framing;

/// <summary>How long a frame may be.</summary>
public static class FrameLimits
{
    /// <summary>Default longest line in bytes, without its LF or CRLF: 4,096.</summary>
    public const int DefaultLineBytes = 4096;

    /// <summary>Default longest frame in bytes, without its length prefix: 65,536.</summary>
    public const int DefaultFrameBytes = 64 * 1024;

    /// <summary>A frame may be this many times too long before the connection is closed: 4. Below, it is skipped and the sender told.</summary>
    public const int OverrunFactor = 4;
}
