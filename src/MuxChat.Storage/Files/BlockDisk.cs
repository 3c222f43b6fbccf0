using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Files;

/// <summary>A folder of files in memory, for a server without a directory. It is gone when the server ends.</summary>
/// <remarks>One thread at a time uses it.</remarks>
/// <param name="maxBytes">The most bytes of all files together. At that, the folder is full.</param>
internal sealed class BlockDisk(long maxBytes) : IDisk
{
    private readonly Dictionary<string, BlockFile> _files = new(StringComparer.Ordinal);
    private long _bytes;

    /// <inheritdoc/>
    public string PathOf(string name) => "memory:" + name;

    /// <inheritdoc/>
    public DiskResult List(ICollection<string> names)
    {
        foreach (var name in _files.Keys)
        {
            names.Add(name);
        }

        return DiskResult.Done;
    }

    /// <inheritdoc/>
    public DiskResult Open(string name, DiskOpening opening, out IDiskFile? file)
    {
        if (opening == DiskOpening.Create)
        {
            Delete(name);
            _files.Add(name, new BlockFile(this));
        }

        file = _files.GetValueOrDefault(name);
        return file is null ? DiskResult.Missing : DiskResult.Done;
    }

    /// <inheritdoc/>
    public DiskResult Delete(string name)
    {
        if (!_files.Remove(name, out var file))
        {
            return DiskResult.Missing;
        }

        return file.Truncate(0);
    }

    /// <inheritdoc/>
    public DiskResult Rename(string name, string newName)
    {
        if (!_files.ContainsKey(name))
        {
            return DiskResult.Missing;
        }

        Delete(newName);
        _files.Remove(name, out var file);
        _files.Add(newName, file!);
        return DiskResult.Done;
    }

    /// <inheritdoc/>
    public DiskResult SyncDirectory() => DiskResult.Done;

    /// <inheritdoc/>
    public DiskResult Lock(out IDisposable? held)
    {
        held = null;
        return DiskResult.Done;
    }

    /// <summary>Takes so many bytes more for a file, or gives them back if negative. Returns false if the folder is full.</summary>
    internal bool TryTake(long bytes)
    {
        if (bytes > maxBytes - _bytes)
        {
            return false;
        }

        _bytes += bytes;
        return true;
    }
}
