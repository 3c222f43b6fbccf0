using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Files;

/// <summary>An open store of shared files: its two sides, and the files that it had.</summary>
public sealed class FileStoreSession : IStorageSession
{
    /// <summary>Bytes of all files of a store in memory: 256 MiB, unless its opener says otherwise. Beyond that it is full.</summary>
    public const long DefaultMemoryBytes = 256 * 1024 * 1024;

    /// <summary>The most bytes that a store keeps of a file besides its content: 4 KiB.</summary>
    public const int MaxRecordBytes = FileTrailer.MaxBytes;

    /// <summary>The most descriptors that a store on a disk has open: 25. They are for uploads, for reads and for the folder.</summary>
    public const int MaxDescriptors = UnfinishedFiles.MaxOpen + SealedFiles.MaxOpen + 1;

    private FileStoreSession(FileStore store, FileWorker worker)
    {
        Store = store;
        Worker = worker;
    }

    /// <summary>The loop's side.</summary>
    public FileStore Store { get; }

    /// <summary>The disk's side.</summary>
    public FileWorker Worker { get; }

    /// <summary>The files that the store serves, by their numbers.</summary>
    public IReadOnlyList<SharedFile> Records { get; private init; } = [];

    string IStorageSession.ThreadName => "files";

    Action? IStorageSession.Submitted
    {
        set => Store.Submitted = value;
    }

    Action? IStorageSession.OutcomeReady
    {
        set => Worker.OutcomeReady = value;
    }

    TimeSpan IStorageSession.Pause => Worker.Pause;

    /// <summary>Opens a store. It removes what is unfinished, and reads the records of the rest.</summary>
    /// <param name="disk">The folder for the files and nothing else, which no other server uses; null keeps them in memory.</param>
    /// <param name="observer">Gets what an admin may want to see.</param>
    /// <param name="time">The clock for retries.</param>
    /// <param name="memoryBytes">Bytes of all files of a store in memory.</param>
    /// <param name="session">The store, if the result is a success.</param>
    public static DiskResult Open(
        IDisk? disk, IFileStoreObserver observer, TimeProvider time, long memoryBytes, out FileStoreSession? session)
    {
        session = null;
        disk ??= new BlockDisk(memoryBytes);
        var result = new FileInventory(disk, observer).Read(out var records);
        if (!result.IsOk)
        {
            return result;
        }

        var given = new HandoverQueue<FileWork>();
        var returned = new HandoverQueue<FileWork>();
        session = new(new(given, returned), new(disk, observer, time, given, returned)) { Records = records };
        foreach (var record in records)
        {
            session.Worker.Serve(record);
        }

        return result;
    }

    /// <summary>
    /// Does the remaining work, removes files that are not sealed or whose outcome was not collected, and closes the others. No other
    /// thread may use the store or the worker any more. Outcomes can still be collected afterwards.
    /// </summary>
    public void Close() => Worker.End();

    bool IStorageSession.Step() => Worker.Step();
}
