using MuxChat.Storage.Disks;


namespace MuxChat.Testing.Disks;

/// <summary>
/// A disk in memory that does what a real one may do at its worst: writes less than it was given, is full, fails, and forgets
/// on a power cut whatever was not synced, or half of it, in any order, and all of what a sync that failed should have
/// written. For one thread at a time.
/// </summary>
public sealed class MemoryDisk : IDisk
{
    private const int SectorBytes = 512;

    private readonly Dictionary<string, MemoryContent> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemoryContent> _durableNames = new(StringComparer.Ordinal);
    private readonly List<(string Name, MemoryContent? Content, string? Former)> _unsyncedNames = [];
    private bool _isLocked;

    public DiskFaults Faults { get; } = new();

    /// <summary>
    /// All changes that were made, in order: "write NAME", "sync NAME", "truncate NAME", "create NAME", "delete
    /// NAME", "rename NAME", "syncdir".
    /// </summary>
    public List<string> Log { get; } = [];

    /// <summary>Bytes that were read.</summary>
    public long ReadBytes { get; private set; }

    public IEnumerable<string> Names => _names.Keys.Order(StringComparer.Ordinal);

    public byte[] this[string name]
    {
        get => _names[name].Bytes.ToArray();
        set => Put(name, value);
    }

    /// <summary>A disk with the same files, all durable, and without faults.</summary>
    public MemoryDisk Copy()
    {
        var copy = new MemoryDisk();
        foreach (var (name, content) in _names)
        {
            copy.Put(name, content.Bytes.ToArray());
        }

        return copy;
    }

    /// <summary>The disk as it may be found after the power went now.</summary>
    public MemoryDisk AfterPowerLoss(Random random)
    {
        var names = new Dictionary<string, MemoryContent>(_durableNames);
        foreach (var (name, content, former) in _unsyncedNames.Where(_ => random.Next(2) == 0))
        {
            names.Remove(name);
            names.Remove(former ?? name);
            if (content is not null)
            {
                names[name] = content;
            }
        }

        var left = new MemoryDisk();
        foreach (var (name, content) in names)
        {
            left.Put(name, content.AfterPowerLoss(random, SectorBytes));
        }

        return left;
    }

    /// <summary>The process is gone, whatever it was doing: its lock too. What it wrote is with the system still.</summary>
    public void Kill() => _isLocked = false;

    public void Remove(string name)
    {
        _names.Remove(name);
        _durableNames.Remove(name);
    }

    public string PathOf(string name) => "/memory/" + name;

    public DiskResult List(ICollection<string> names)
    {
        foreach (var name in _names.Keys)
        {
            names.Add(name);
        }

        return DiskResult.Done;
    }

    public DiskResult Open(string name, DiskOpening opening, out IDiskFile? file)
    {
        file = null;
        if (opening != DiskOpening.Create)
        {
            if (Faults.Failing?.Invoke("open " + name) is { } failed)
            {
                return failed;
            }

            file = _names.TryGetValue(name, out var content) ? new MemoryFile(this, name, content) : null;
            return file is null ? DiskResult.Missing : DiskResult.Done;
        }

        var result = Change("create " + name);
        if (result.IsOk)
        {
            if (_names.TryGetValue(name, out var old))
            {
                old.Truncate(0);
            }
            else
            {
                SetName(name, new());
            }

            file = new MemoryFile(this, name, _names[name]);
        }

        return result;
    }

    public DiskResult Delete(string name)
    {
        var result = Change("delete " + name);
        return result.IsOk && !SetName(name, null) ? DiskResult.Missing : result;
    }

    public DiskResult Rename(string name, string newName)
    {
        var result = Change("rename " + name);
        if (result.IsOk)
        {
            // A rename is one change: it is durable as a whole or not at all.
            _names.Remove(name, out var content);
            SetName(newName, content, former: name);
        }

        return result;
    }

    public DiskResult SyncDirectory()
    {
        var result = Change("syncdir");
        if (result.IsOk)
        {
            _durableNames.Clear();
            foreach (var (name, content) in _names)
            {
                _durableNames[name] = content;
            }

            _unsyncedNames.Clear();
        }

        return result;
    }

    public DiskResult Lock(out IDisposable? held)
    {
        held = _isLocked ? null : new Held(this);
        var result = _isLocked ? new(DiskStatus.InUse, "it is locked") : DiskResult.Done;
        _isLocked = true;
        return result;
    }

    internal DiskResult Write(string name, MemoryContent content, long offset, ReadOnlySpan<byte> bytes, out int written)
    {
        written = 0;
        var result = Change("write " + name);
        if (!result.IsOk)
        {
            return result;
        }

        var room = Faults.RoomBytes - _names.Values.Sum(file => (long)file.Length) + content.Length - offset;
        written = (int)Math.Clamp(room, 0, Math.Min(Faults.WriteBytes, bytes.Length));
        content.Write((int)offset, bytes[..written]);
        return written == 0 && bytes.Length > 0 ? new(DiskStatus.Full, "no space left") : result;
    }

    internal DiskResult Change(string call)
    {
        if (Faults.Failing?.Invoke(call) is { } failed)
        {
            return failed;
        }

        if (Faults.ChangesUntilPowerLoss-- <= 0)
        {
            throw new PowerLostException();
        }

        Log.Add(call);
        return DiskResult.Done;
    }

    internal void CountRead(int count) => ReadBytes += count;

    private bool SetName(string name, MemoryContent? content, string? former = null)
    {
        var wasThere = _names.Remove(name);
        if (content is not null)
        {
            _names[name] = content;
        }

        _unsyncedNames.Add((name, content, former));
        return wasThere;
    }

    private void Put(string name, byte[] bytes)
    {
        _names[name] = new(bytes);
        _durableNames[name] = _names[name];
    }

    private sealed class Held(MemoryDisk disk) : IDisposable
    {
        public void Dispose() => disk._isLocked = false;
    }
}
