using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Files;

/// <summary>The files that are served: their lengths, and the few that are open.</summary>
internal sealed class SealedFiles(IDisk disk, Removals removals, IFileStoreObserver observer)
{
    /// <summary>Files that stay open after a read: 8. Beyond that, the one that was read longest ago is closed.</summary>
    internal const int MaxOpen = 8;

    private readonly Dictionary<FileId, long> _bytes = [];

    // The first was read longest ago.
    private readonly List<OpenFile> _open = [];

    /// <summary>Whether the file is served.</summary>
    public bool Contains(FileId id) => _bytes.ContainsKey(id);

    /// <summary>Serves a file from now on.</summary>
    public void Add(FileId id, long bytes) => _bytes.Add(id, bytes);

    /// <summary>Reads a part of a file.</summary>
    public FileStatus Read(FileId id, long offset, Span<byte> into)
    {
        if (!_bytes.TryGetValue(id, out var bytes))
        {
            return FileStatus.Missing;
        }

        var name = FileNames.Sealed(id);
        var result = offset > bytes - into.Length ? DiskResult.Failed("the part to read is not within the file") : DiskResult.Done;
        IDiskFile? file = null;
        result = result.IsOk ? Open(id, out file) : result;
        while (result.IsOk && !into.IsEmpty)
        {
            result = file!.Read(offset, into, out var count);
            result = result.IsOk && count == 0 ? DiskResult.Failed("the file shrank while it was being read") : result;
            offset += count;
            into = into[count..];
        }

        if (!result.IsOk)
        {
            observer.NotRead(disk.PathOf(name), result.Message);
        }

        return result.Status switch
        {
            DiskStatus.Ok => FileStatus.Ok,
            DiskStatus.Missing => FileStatus.Missing,
            _ => FileStatus.Failed,
        };
    }

    /// <summary>Serves a file no more, and removes it.</summary>
    public void Remove(FileId id)
    {
        if (_bytes.Remove(id))
        {
            // A file that was removed stays readable as long as it is open.
            var at = _open.FindIndex(open => open.Id == id);
            if (at >= 0)
            {
                CloseAt(at);
            }

            removals.Remove(FileNames.Sealed(id));
        }
    }

    /// <summary>Closes all files.</summary>
    public void CloseAll()
    {
        while (_open.Count > 0)
        {
            CloseAt(0);
        }
    }

    private DiskResult Open(FileId id, out IDiskFile? file)
    {
        var result = DiskResult.Done;
        var at = _open.FindIndex(open => open.Id == id);
        if (at >= 0)
        {
            var open = _open[at];
            file = open.File;
            _open.RemoveAt(at);
            _open.Add(open);
            return result;
        }

        if (_open.Count == MaxOpen)
        {
            CloseAt(0);
        }

        result = disk.Open(FileNames.Sealed(id), DiskOpening.Read, out file);
        if (result.IsOk)
        {
            _open.Add(new(id, file!));
        }

        return result;
    }

    private void CloseAt(int at)
    {
        _open[at].File.Dispose();
        _open.RemoveAt(at);
    }

    private readonly record struct OpenFile(FileId Id, IDiskFile File);
}
