namespace MuxChat.Core.Chat.Files;

/// <summary>The limits of shared files. A request beyond one is refused with an error, unless the limit says otherwise.</summary>
public sealed record FileLimits
{
    private const long MiB = 1024 * 1024;

    /// <summary>The longest file, in bytes: 16 MiB; 0 for a server that takes no files.</summary>
    public long FileBytes { get; init; } = 16 * MiB;

    /// <summary>Bytes of all files, with those that are being uploaded: 256 MiB. Beyond it, the oldest files go.</summary>
    public long TotalBytes { get; init; } = 256 * MiB;

    /// <summary>Files in all: 10,000. Beyond it, the oldest go.</summary>
    public int Files { get; init; } = 10_000;

    /// <summary>
    /// Uploads at the same time: 32. A further one takes the place of an upload whose client is gone, or that is stalled (see
    /// <see cref="StalledMs"/>).
    /// </summary>
    public int Uploads { get; init; } = 32;

    /// <summary>Uploads of one client at the same time: 4.</summary>
    public int UploadsPerClient { get; init; } = 4;

    /// <summary>
    /// The part of all downloads, and of all uploads in number and in bytes, that the clients of one host may have: 1/4. One upload may
    /// have any length.
    /// </summary>
    public const int HostsAtLeast = 4;

    /// <summary>The slowest rate: 240 bytes in a second, on average. An upload below it is stalled after <see cref="StalledMs"/>.</summary>
    public const int MinBytesPerSecond = 240;

    /// <summary>Milliseconds without enough bytes after which an upload may lose its place to another: 10,000.</summary>
    public int StalledMs { get; init; } = 10_000;

    /// <summary>Milliseconds that the server keeps an upload whose client is gone, so that it can be resumed: 600,000.</summary>
    public int ResumeMs { get; init; } = 600_000;

    /// <summary>
    /// Downloads at the same time: 256, of which the clients of one host may have 1/4. Each holds at most two blocks of 64 KiB. A further
    /// one takes the place of one that is slow (see <see cref="SlowMs"/>).
    /// </summary>
    public int Downloads { get; init; } = 256;

    /// <summary>
    /// Milliseconds without a further part after which a download may lose its place to another: 273,066. That is a part of 64 KiB at
    /// <see cref="MinBytesPerSecond"/>.
    /// </summary>
    public int SlowMs { get; init; } = IFileStore.MaxReadBytes * 1000 / MinBytesPerSecond;
}
