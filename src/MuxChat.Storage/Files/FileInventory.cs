using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Files;

/// <summary>Finds out at the start which files a folder has. Leaves alone what is not the store's.</summary>
internal sealed class FileInventory(IDisk disk, IFileStoreObserver observer)
{
    private readonly List<SharedFile> _records = [];
    private readonly byte[] _end = new byte[FileTrailer.MaxBytes];
    private int _removed;

    /// <summary>Removes what is unfinished, and reads the records of sealed files.</summary>
    /// <param name="records">The records, by their numbers.</param>
    /// <returns>A failure if the folder cannot be read, or if its files cannot be removed. One bad file is no failure.</returns>
    public DiskResult Read(out IReadOnlyList<SharedFile> records)
    {
        records = [];
        var names = new List<string>();
        var result = disk.List(names);
        foreach (var name in names)
        {
            if (result.IsOk && FileNames.IsPart(name))
            {
                result = Remove(name);
            }
            else if (result.IsOk && FileNames.TryReadSealed(name, out var id))
            {
                result = ReadSealed(id, name);
            }
        }

        // The names that a server left before its power went are durable before it serves them again.
        result = result.IsOk ? disk.SyncDirectory() : result;
        if (result.IsOk && _removed > 0)
        {
            observer.UnfinishedRemoved(_removed);
        }

        records = result.IsOk ? [.. _records.OrderBy(static record => record.Number).ThenBy(static record => record.UnixMs)] : [];
        return result;
    }

    private DiskResult ReadSealed(FileId id, string name)
    {
        var result = ReadEnd(name, out var end, out var bytes);
        if (!result.IsOk)
        {
            // Reading may work at the next start.
            observer.NotServed(disk.PathOf(name), $"it cannot be read: {result.Message}");
            return DiskResult.Done;
        }

        if (bytes == 0)
        {
            return Remove(name);
        }

        switch (FileTrailer.Read(end, bytes, id, out var record))
        {
            case TrailerStatus.Whole:
                _records.Add(record!);
                break;
            case TrailerStatus.OtherVersion:
                observer.NotServed(disk.PathOf(name), "another version of the server wrote it");
                break;
            default:
                SetAside(id, name);
                break;
        }

        return DiskResult.Done;
    }

    private DiskResult ReadEnd(string name, out ReadOnlySpan<byte> end, out long bytes)
    {
        end = [];
        bytes = 0;
        var result = disk.Open(name, DiskOpening.Read, out var file);
        using (file)
        {
            result = result.IsOk ? file!.GetLength(out bytes) : result;
            var into = _end.AsSpan(0, (int)Math.Min(bytes, _end.Length));
            end = into;
            for (var at = bytes - into.Length; result.IsOk && !into.IsEmpty;)
            {
                result = file!.Read(at, into, out var count);
                result = result.IsOk && count == 0 ? DiskResult.Failed("the file shrank while it was being read") : result;
                at += count;
                into = into[count..];
            }
        }

        return result;
    }

    private void SetAside(FileId id, string name)
    {
        var damaged = FileNames.Damaged(id);
        var result = disk.Rename(name, damaged);
        if (result.IsOk)
        {
            observer.NotServed(disk.PathOf(damaged), "its record is damaged, so it has this name now");
        }
        else
        {
            observer.NotServed(disk.PathOf(name), $"its record is damaged, and it cannot be renamed: {result.Message}");
        }
    }

    private DiskResult Remove(string name)
    {
        var result = disk.Delete(name);
        _removed += result.IsOk ? 1 : 0;
        return result.Status == DiskStatus.Missing ? DiskResult.Done : result;
    }
}
