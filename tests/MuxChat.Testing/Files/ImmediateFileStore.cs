using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Files;

namespace MuxChat.Testing.Files;

/// <summary>
/// The store of shared files without its thread: each call does its work at once, and the next <see cref="Collect"/> has the outcome. With
/// the same calls everything happens in the same order.
/// </summary>
public sealed class ImmediateFileStore : IFileStore
{
    private ImmediateFileStore(FileStoreSession session) => Session = session;

    /// <summary>The store and its worker.</summary>
    public FileStoreSession Session { get; }

    /// <summary>Whether the disk hangs: work then waits until this is false again and something is called.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Opens a store on a disk, or in memory.</summary>
    public static ImmediateFileStore Open(IDisk? disk, IFileStoreObserver observer, TimeProvider time)
    {
        var result = FileStoreSession.Open(disk, observer, time, FileStoreSession.DefaultMemoryBytes, out var session);
        return result.IsOk ? new(session!) : throw new IOException(result.Message);
    }

    public void Create(FileId id, in FileHash hash, IFileCaller caller)
    {
        Session.Store.Create(id, hash, caller);
        Work();
    }

    public bool HasRoom(FileId id) => Session.Store.HasRoom(id);

    public bool TryAppend(FileId id, ReadOnlySpan<byte> bytes)
    {
        var isTaken = Session.Store.TryAppend(id, bytes);
        Work();
        return isTaken;
    }

    public void Seal(SharedFile record)
    {
        Session.Store.Seal(record);
        Work();
    }

    public void Delete(FileId id)
    {
        Session.Store.Delete(id);
        Work();
    }

    public bool TryRead(FileId id, long offset, int length, IFileCaller caller)
    {
        var isTaken = Session.Store.TryRead(id, offset, length, caller);
        Work();
        return isTaken;
    }

    public void Collect()
    {
        Work();
        Session.Store.Collect();
    }

    private void Work()
    {
        while (!IsHeld && Session.Worker.Step())
        {
            // Each step does one piece of work.
        }
    }
}
