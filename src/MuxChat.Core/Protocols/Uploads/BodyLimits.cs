using MuxChat.Core.Chat.Files;

namespace MuxChat.Core.Protocols.Uploads;

/// <summary>
/// The limits of a client that sends a file as raw bytes. They are constants, because no use of this server needs others.
/// </summary>
public static class BodyLimits
{
    /// <summary>Milliseconds that a client may send nothing: 60,000. Then it is closed.</summary>
    public const int IdleMs = 60_000;

    /// <summary>Bytes of a refused file that are read and dropped: 16 MiB. A client that announces more is closed.</summary>
    public const long SkippedBytes = 16 * 1024 * 1024;

    /// <summary>
    /// The slowest rate: 240 bytes in a second, after <see cref="IdleMs"/> for a beginning. A client that stays below it is closed,
    /// because a byte now and then would hold the place of an upload for days.
    /// </summary>
    public const int MinBytesPerSecond = FileLimits.MinBytesPerSecond;
}
