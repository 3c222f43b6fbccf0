using MuxChat.Storage.Disks;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>Another disk, whose open files are counted.</summary>
internal sealed class CountingDisk(IDisk disk) : IDisk
{
    /// <summary>Files that are open now.</summary>
    public int Open { get; private set; }

    /// <summary>The most files that were open at once.</summary>
    public int MostOpen { get; private set; }

    public string PathOf(string name) => disk.PathOf(name);

    public DiskResult List(ICollection<string> names) => disk.List(names);

    DiskResult IDisk.Open(string name, DiskOpening opening, out IDiskFile? file)
    {
        var result = disk.Open(name, opening, out file);
        if (result.IsOk)
        {
            file = new Counted(this, file!);
            Open++;
            MostOpen = Math.Max(MostOpen, Open);
        }

        return result;
    }

    public DiskResult Delete(string name) => disk.Delete(name);

    public DiskResult Rename(string name, string newName) => disk.Rename(name, newName);

    public DiskResult SyncDirectory() => disk.SyncDirectory();

    public DiskResult Lock(out IDisposable? held) => disk.Lock(out held);

    private sealed class Counted(CountingDisk owner, IDiskFile file) : IDiskFile
    {
        private bool _isClosed;

        public DiskResult GetLength(out long length) => file.GetLength(out length);

        public DiskResult Read(long offset, Span<byte> into, out int count) => file.Read(offset, into, out count);

        public DiskResult Write(long offset, ReadOnlySpan<byte> bytes, out int written) => file.Write(offset, bytes, out written);

        public DiskResult Sync() => file.Sync();

        public DiskResult Truncate(long length) => file.Truncate(length);

        public void Dispose()
        {
            owner.Open -= _isClosed ? 0 : 1;
            _isClosed = true;
            file.Dispose();
        }
    }
}
