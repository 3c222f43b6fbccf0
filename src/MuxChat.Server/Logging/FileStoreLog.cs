using Microsoft.Extensions.Logging;
using MuxChat.Storage.Files;

namespace MuxChat.Server.Logging;

/// <summary>
/// Logs the events of the store of shared files. An event that may repeat is logged a few times a minute, with the number of repetitions.
/// </summary>
/// <remarks>
/// The start calls it before the store has its thread, and only that thread calls it afterwards. A disk that stays full costs one line a
/// minute, and so does each other cause.
/// </remarks>
internal sealed class FileStoreLog(ILogger logger, TimeProvider time) : IFileStoreObserver
{
    /// <summary>Lines a minute about files that the start cannot serve: 10.</summary>
    private const int NotServedLines = 10;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RateLimit _notServed = new(time, Minute, NotServedLines);
    private readonly RateLimit _full = new(time, Minute);
    private readonly RateLimit _notStored = new(time, Minute);
    private readonly RateLimit _notRead = new(time, Minute);
    private readonly RateLimit _notRemoved = new(time, Minute);

    public void UnfinishedRemoved(int files) => logger.UnfinishedFilesRemoved(files);

    public void NotServed(string path, string reason)
    {
        if (_notServed.TryPass(out var suppressed))
        {
            logger.FileNotServed(path, reason, suppressed);
        }
    }

    public void Full(string path, string message)
    {
        if (_full.TryPass(out var suppressed))
        {
            logger.FilesFull(path, message, suppressed);
        }
    }

    public void NotStored(string path, string message)
    {
        if (_notStored.TryPass(out var suppressed))
        {
            logger.FileNotStored(path, message, suppressed);
        }
    }

    public void NotRead(string path, string message)
    {
        if (_notRead.TryPass(out var suppressed))
        {
            logger.FileNotRead(path, message, suppressed);
        }
    }

    public void NotRemoved(string path, string message)
    {
        if (_notRemoved.TryPass(out var suppressed))
        {
            logger.FileNotRemoved(path, message, suppressed);
        }
    }
}
