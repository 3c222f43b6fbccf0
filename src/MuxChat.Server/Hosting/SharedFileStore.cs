using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat.Files;
using MuxChat.Server.Logging;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Files;

namespace MuxChat.Server.Hosting;

/// <summary>The store of shared files of a running server. Closing it ends what it was given, within a time limit.</summary>
/// <remarks>The journal's lock on the directory holds for the files as well: open the journal first.</remarks>
internal sealed class SharedFileStore
{
    /// <summary>The folder for shared files, within the directory that <c>--data</c> names.</summary>
    internal const string Folder = "files";

    /// <summary>How long a stopping server waits for the disk: 5 s. After that, uploads end as if the process was killed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FileStoreSession _session;
    private readonly ILogger _logger;
    private StorageThread? _thread;

    private SharedFileStore(FileStoreSession session, ILogger logger) => (_session, _logger) = (session, logger);

    /// <summary>The store, as the loop sees it.</summary>
    public IFileStore Store => _session.Store;

    /// <summary>The files that it has at the start, by their numbers.</summary>
    public IReadOnlyList<SharedFile> Records => _session.Records;

    /// <summary>Opens the folder below what <c>--data</c> names, or a store in memory.</summary>
    /// <param name="directory">The directory; null to keep files in memory.</param>
    /// <param name="limits">Bound the files in memory.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="StartupException">The folder cannot be used.</exception>
    public static SharedFileStore Open(string? directory, FileLimits limits, ILogger logger)
    {
        RealDisk? disk = null;
        var path = directory is null ? "memory" : Path.Combine(directory, Folder);
        var result = directory is null ? DiskResult.Done : RealDisk.Open(path, create: true, out disk);
        FileStoreSession? session = null;
        if (result.IsOk)
        {
            // The hub bounds the contents. Each file has its record on top.
            var memoryBytes = limits.TotalBytes + ((long)limits.Files * FileStoreSession.MaxRecordBytes);
            var log = new FileStoreLog(logger, TimeProvider.System);
            result = FileStoreSession.Open(disk, log, TimeProvider.System, memoryBytes, out session);
        }

        if (!result.IsOk)
        {
            throw new StartupException(StartupException.CouldNotStart, $"--data {directory}: {path}: {result.Message}");
        }

        if (disk is null)
        {
            return new SharedFileStore(session!, logger);
        }

        logger.FilesOpened(path, session!.Records.Count, session.Records.Sum(static record => record.SizeBytes));
        return new SharedFileStore(session, logger);
    }

    /// <summary>Starts the store's thread. From now on the store belongs to the loop's thread.</summary>
    /// <param name="wake">Wakes the loop to collect outcomes. Called on the store's thread.</param>
    public void Start(Action wake) => _thread = StorageThread.Start(_session, wake);

    /// <summary>Ends what the store was given. Called after every client is gone; a second call does nothing.</summary>
    public void Close()
    {
        if (_thread is { } thread && !thread.Close(Patience))
        {
            _logger.FilesNotClosed(Patience.TotalSeconds);
        }

        _thread = null;
    }
}
