using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Files;

/// <summary>The files that the server keeps, by id and by age. Owner: <see cref="FileSharing"/>.</summary>
internal sealed class FileDirectory
{
    private readonly Dictionary<FileId, SharedFile> _byId = [];
    private readonly SortedDictionary<long, SharedFile> _byNumber = [];

    /// <summary>The bytes of all files.</summary>
    public long TotalBytes { get; private set; }

    public int Count => _byId.Count;

    /// <summary>The file that was shared first; null if there is none.</summary>
    public SharedFile? Oldest => _byNumber.Count == 0 ? null : _byNumber.First().Value;

    public void Add(SharedFile file)
    {
        _byId.Add(file.Id, file);
        _byNumber.Add(file.Number, file);
        TotalBytes += file.SizeBytes;
    }

    /// <summary>Removes a file by its id. False if it is not here.</summary>
    /// <remarks>It may have another number here than in the store's record.</remarks>
    public bool Remove(SharedFile file)
    {
        if (!_byId.Remove(file.Id, out var kept))
        {
            return false;
        }

        _byNumber.Remove(kept.Number);
        TotalBytes -= kept.SizeBytes;
        return true;
    }

    public SharedFile? Find(FileId id) => _byId.GetValueOrDefault(id);

    public SharedFile? Find(long number) => _byNumber.GetValueOrDefault(number);

    /// <summary>Returns the files of a room, oldest first.</summary>
    public SharedFile[] In(byte[] room) => [.. _byNumber.Values.Where(file => IsIn(file, room))];

    private static bool IsIn(SharedFile file, byte[] room) =>
        file.Room.Length > 0 && AsciiCaseInsensitive.AreEqual(file.Room, room);
}
