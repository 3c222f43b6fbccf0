using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Files;

/// <summary>The files that are uploaded, until they are sealed. One that cannot be written is removed.</summary>
internal sealed class UnfinishedFiles(IDisk disk, Removals removals, IFileStoreObserver observer)
{
    /// <summary>
    /// Files that are open at once: 16. Beyond that, the one that has waited longest for bytes is synced and closed meanwhile.
    /// </summary>
    internal const int MaxOpen = 16;

    private readonly Dictionary<FileId, PartFile> _parts = [];

    // The open files. The first has waited longest.
    private readonly List<FileId> _open = [];

    /// <summary>Begins a file.</summary>
    public FileStatus Create(FileId id, in FileHash hash)
    {
        if (_parts.ContainsKey(id))
        {
            return FileStatus.Failed;
        }

        MakeRoom();
        var result = PartFile.Create(disk, id, hash, out var part);
        if (!result.IsOk)
        {
            removals.Remove(FileNames.Part(id));
            return Report(FileNames.Part(id), result);
        }

        _parts.Add(id, part!);
        _open.Add(id);
        return FileStatus.Ok;
    }

    /// <summary>Appends bytes to a file. If that fails, the file is gone.</summary>
    public FileStatus Append(FileId id, ReadOnlySpan<byte> bytes)
    {
        if (!_parts.TryGetValue(id, out var part))
        {
            return FileStatus.Missing;
        }

        Touch(id, part);
        var result = part.Append(bytes);
        if (result.IsOk)
        {
            return FileStatus.Ok;
        }

        Remove(id);
        return Report(FileNames.Part(id), result);
    }

    /// <summary>Makes a file durable under the name of a sealed one. If that fails, the file is gone.</summary>
    /// <param name="record">The facts about the file.</param>
    /// <param name="sha256">The SHA-256 of the content; empty unless the file is sealed.</param>
    public FileStatus Seal(SharedFile record, out byte[] sha256)
    {
        sha256 = [];
        if (!_parts.TryGetValue(record.Id, out var part))
        {
            return FileStatus.Missing;
        }

        if (!part.IsRight(record.SizeBytes, out var sum))
        {
            Remove(record.Id);
            return FileStatus.WrongHash;
        }

        Touch(record.Id, part);
        var name = FileNames.Part(record.Id);
        var result = part.Finish(FileTrailer.Write(record with { Sha256 = sum }));
        Forget(record.Id);
        if (result.IsOk)
        {
            result = disk.Rename(name, FileNames.Sealed(record.Id));
            name = result.IsOk ? FileNames.Sealed(record.Id) : name;
        }

        result = result.IsOk ? removals.SyncDirectory() : result;
        if (!result.IsOk)
        {
            removals.Remove(name);
            return Report(name, result);
        }

        sha256 = sum;
        return FileStatus.Ok;
    }

    /// <summary>Removes a file. Returns false if it is not among these.</summary>
    public bool Remove(FileId id)
    {
        if (!Forget(id))
        {
            return false;
        }

        removals.Remove(FileNames.Part(id));
        return true;
    }

    /// <summary>Removes all files.</summary>
    public void RemoveAll()
    {
        foreach (var id in _parts.Keys.ToArray())
        {
            Remove(id);
        }
    }

    private bool Forget(FileId id)
    {
        if (!_parts.Remove(id, out var part))
        {
            return false;
        }

        _open.Remove(id);
        part.Dispose();
        return true;
    }

    private void Touch(FileId id, PartFile part)
    {
        _open.Remove(id);
        if (!part.IsOpen)
        {
            MakeRoom();
        }

        _open.Add(id);
    }

    private void MakeRoom()
    {
        if (_open.Count >= MaxOpen)
        {
            _parts[_open[0]].Pause();
            _open.RemoveAt(0);
        }
    }

    private FileStatus Report(string name, DiskResult result)
    {
        if (result.Status == DiskStatus.Full)
        {
            observer.Full(disk.PathOf(name), result.Message);
            return FileStatus.Full;
        }

        observer.NotStored(disk.PathOf(name), result.Message);
        return FileStatus.Failed;
    }
}
