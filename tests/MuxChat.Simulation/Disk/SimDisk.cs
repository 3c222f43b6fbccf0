using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;
using MuxChat.Storage.Disks;
using MuxChat.Testing.Disks;

namespace MuxChat.Simulation.Disk;

/// <summary>
/// The disk of the simulated machine: what is on it outlives the server, and after a power cut only what was synced is sure. Its faults
/// come from the seed. It looks into what is written, so that checks know which events are durable without asking the journal.
/// </summary>
internal sealed class SimDisk(Machine machine, Chronicle chronicle) : IDisk
{
    private static readonly DiskResult NoRoom = new(DiskStatus.Full, "no space left");

    private readonly SeededRandom _random = SeededRandom.For(machine.Seed, Machine.DiskPart);
    private readonly SeededRandom _openRandom = SeededRandom.For(machine.Seed, Machine.FailedOpenPart);
    private readonly Dictionary<string, SegmentWatch> _watches = new(StringComparer.Ordinal);
    private MemoryDisk _memory = new();
    private int _fullWrites;
    private bool _isLocked;

    /// <summary>What goes wrong at this moment.</summary>
    public DiskFaultPlan Faults { get; set; } = DiskFaultPlan.None;

    /// <summary>Whether a fault was met since the server was started that may cost events.</summary>
    public bool HasFailed { get; set; }

    /// <summary>
    /// Whether a fault was met since the server was started that must cost no event: a file was not read, or not removed.
    /// </summary>
    public bool HasFailedAside { get; set; }

    /// <summary>The files, lowest name first.</summary>
    public IEnumerable<string> Names => _memory.Names;

    /// <summary>How long a file is, in bytes.</summary>
    public long LengthOf(string name) => _memory[name].Length;

    /// <summary>The same files on a disk that has no faults.</summary>
    public MemoryDisk Image() => _memory.Copy();

    /// <summary>How long the writer's next step takes, in microseconds.</summary>
    public long DrawStepUs()
    {
        if (_random.Chance(Faults.Hang))
        {
            machine.Milestones.Note(Milestone.DiskHung);
            return _random.Between(1, 100) * 100_000L;
        }

        return _random.Below(Faults.MaxStepUs + 1);
    }

    /// <summary>The process is gone, however it ended: nobody holds the directory any more.</summary>
    public void LetGo() => _isLocked = false;

    /// <summary>The power goes: what was not synced is there, or not, or in part.</summary>
    public void CutPower()
    {
        _isLocked = false;
        var chance = new SeededChance(_random);
        _memory = _memory.AfterPowerLoss(chance);
        _watches.Clear();
        foreach (var name in _memory.Names.Where(IsSegment))
        {
            var watch = new SegmentWatch(chronicle);
            watch.Write(0, _memory[name]);
            watch.Sync();
            watch.IsNameDurable = true;
            watch.Tell();
            _watches[name] = watch;
        }
    }

    public string PathOf(string name) => _memory.PathOf(name);

    public DiskResult List(ICollection<string> names) =>
        FailAside(Faults.FailedList, "the directory cannot be listed") ?? _memory.List(names);

    public DiskResult Open(string name, DiskOpening opening, out IDiskFile? file)
    {
        file = null;
        if (opening == DiskOpening.Create && IsFull())
        {
            return NoRoom;
        }

        if (opening == DiskOpening.Create && FailAside(Faults.FailedOpen, "too many open files", _openRandom) is { } notOpened)
        {
            return notOpened with { Status = DiskStatus.NotOpened };
        }

        if (opening != DiskOpening.Create && DrawFailedRead() is { } failed)
        {
            return failed;
        }

        Change(opening == DiskOpening.Create, name, "creates the file");
        var result = _memory.Open(name, opening, out var inner);
        if (!result.IsOk)
        {
            return result;
        }

        SegmentWatch? watch = null;
        if (IsSegment(name) && (!_watches.TryGetValue(name, out watch) || opening == DiskOpening.Create))
        {
            _watches[name] = watch = new SegmentWatch(chronicle);
        }

        file = new SimDiskFile(this, name, inner!, watch);
        return result;
    }

    public DiskResult Delete(string name)
    {
        Change(true, name, "deletes the file");
        var result = FailAside(Faults.FailedDelete, "the file cannot be removed") ?? _memory.Delete(name);
        if (result.IsOk)
        {
            _watches.Remove(name);
        }

        return result;
    }

    public DiskResult Rename(string name, string newName)
    {
        Change(true, name, "renames the file");
        return _memory.Rename(name, newName);
    }

    public DiskResult SyncDirectory()
    {
        Change(true, "", "syncs the directory");
        var result = DrawFailedSync()
            ?? (_random.Chance(Faults.FailedDirectorySync) ? Broken("input/output error") : _memory.SyncDirectory());
        if (result.IsOk)
        {
            foreach (var watch in _watches.Values)
            {
                watch.IsNameDurable = true;
                watch.Tell();
            }
        }

        return result;
    }

    public DiskResult Lock(out IDisposable? held)
    {
        held = _isLocked ? null : new Held(this);
        var result = _isLocked ? new DiskResult(DiskStatus.InUse, "it is locked") : DiskResult.Done;
        _isLocked = true;
        return result;
    }

    /// <summary>A call that changes something: the power may go before it.</summary>
    public void Change(bool isChange, string name, string word)
    {
        if (isChange)
        {
            machine.Die();
            machine.Note(TraceKind.Disk, -1, 0, 0, word, System.Text.Encoding.ASCII.GetBytes(name));
        }
    }

    /// <summary>How much of a write is done, or why nothing is.</summary>
    public DiskResult DrawWrite(int bytes, out int max)
    {
        max = bytes > 1 && _random.Chance(Faults.ShortWrite) ? _random.Between(1, bytes - 1) : bytes;
        if (IsFull())
        {
            return NoRoom;
        }

        if (_random.Chance(Faults.FailedWrite))
        {
            return Broken("the write failed");
        }

        return DiskResult.Done;
    }

    public DiskResult? DrawFailedSync() => _random.Chance(Faults.FailedSync) ? Broken("input/output error") : null;

    /// <summary>A sync of the file failed: what it should have written is lost, and the file does not show it.</summary>
    public void FailSync(IDiskFile file, DiskResult failed)
    {
        _memory.Faults.Failing = _ => failed;
        file.Sync();
        _memory.Faults.Failing = null;
    }

    public DiskResult? DrawFailedCut() => _random.Chance(Faults.FailedCut) ? Broken("the file cannot be cut") : null;

    public DiskResult? DrawFailedRead() => FailAside(Faults.FailedRead, "the file cannot be read");

    private static bool IsSegment(string name) => name.EndsWith(".journal", StringComparison.Ordinal);

    private DiskResult Broken(string message)
    {
        HasFailed = true;
        machine.Milestones.Note(Milestone.DiskFailed);
        machine.Note(TraceKind.Fault, -1, 0, 0, "the disk fails");
        return DiskResult.Failed(message);
    }

    // A running server reads and removes files only to keep its directory in order.
    private DiskResult? FailAside(double share, string message, SeededRandom? random = null)
    {
        if (!(random ?? _random).Chance(share))
        {
            return null;
        }

        HasFailedAside = true;
        machine.Milestones.Note(Milestone.DiskFailedAside);
        machine.Note(TraceKind.Fault, -1, 0, 0, message);
        return DiskResult.Failed(message);
    }

    private bool IsFull()
    {
        if (_fullWrites == 0 && _random.Chance(Faults.Full))
        {
            _fullWrites = _random.Pick(1, 2, 20);
        }

        if (_fullWrites == 0 || Faults.Full == 0)
        {
            _fullWrites = 0;
            return false;
        }

        _fullWrites--;
        HasFailed = true;
        machine.Milestones.Note(Milestone.DiskFull);
        machine.Note(TraceKind.Fault, -1, 0, 0, "the disk is full");
        return true;
    }

    private sealed class Held(SimDisk disk) : IDisposable
    {
        public void Dispose() => disk._isLocked = false;
    }
}
