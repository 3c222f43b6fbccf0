using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Disk;
using MuxChat.Simulation.Lives;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;
using MuxChat.Storage.Disks;
using MuxChat.Testing.Disks;
using MuxChat.Testing.Files;

namespace MuxChat.Simulation.Files;

/// <summary>
/// Opens and closes the store of shared files of each life, and knows through all lives what is in each file and whether it may be there.
/// </summary>
internal sealed class FileKeeper(SimWorld world, FilePlan plan)
{
    private readonly SeededRandom _random = SeededRandom.For(world.Machine.Seed, Machine.FileDiskPart);
    private readonly Dictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoggedEvent> _announced = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];
    private MemoryDisk _disk = new();
    private bool _isOpening;
    private ulong _drawn;

    public FilePlan Plan => plan;

    /// <summary>Ids of files that were announced, oldest first.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Whether the disk has failed, or was full, in this run: a file may be unreadable then.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The store of the life that runs.</summary>
    public SimFileStore Store { get; private set; } = null!;

    /// <summary>Opens the store, and gives its files to a new life.</summary>
    /// <param name="life">The life, whose rooms are restored.</param>
    public SimFileStore Open(ServerLife life)
    {
        _isOpening = true;
        _disk.Faults.Failing = Fail;
        var inner = ImmediateFileStore.Open(_disk, new SilentFileStoreObserver(), world.Machine.Clock);
        _isOpening = false;
        Store = new SimFileStore(world, this, inner, SeededRandom.For(world.Machine.Seed, Machine.FilePart, -1, life.Number));
        Found(inner.Session.Records, life.RestoredFiles, life.Number > 0);
        Store.Begin(inner.Session.Records, life);
        life.Hub.Files.Use(Store, inner.Session.Records, () => new FileId(new UInt128(world.Machine.Seed, ++_drawn)));
        return Store;
    }

    /// <summary>The server's process ends, and its disk is left as it is, or as a power cut leaves it.</summary>
    public void Ended(LifeEndKind kind)
    {
        _isOpening = true;
        if (kind == LifeEndKind.Stop)
        {
            Store.Inner.IsHeld = false;
            Store.Inner.Session.Close();
        }
        else if (kind == LifeEndKind.PowerCut)
        {
            _disk = _disk.AfterPowerLoss(new SeededChance(_random));
        }

        _isOpening = false;
    }

    /// <summary>The last life is over: what the journal gives back is there, byte for byte.</summary>
    public void CheckLast(IReadOnlyList<LoggedEvent> restored)
    {
        _disk.Faults.Failing = null;
        var inner = ImmediateFileStore.Open(_disk, new SilentFileStoreObserver(), world.Machine.Clock);
        Found(inner.Session.Records, [.. restored.Where(static one => one.Kind == EventKind.Shared)], isRestart: true);
        foreach (var record in inner.Session.Records.Where(static record => record.SizeBytes > 0))
        {
            var reader = new Reader();
            for (var at = 0L; at < record.SizeBytes; at += IFileStore.MaxReadBytes)
            {
                inner.TryRead(record.Id, at, (int)Math.Min(record.SizeBytes - at, IFileStore.MaxReadBytes), reader);
                inner.Collect();
            }

            var isWhole = reader.Bytes.SequenceEqual(_contents[record.Id.ToString()]);
            Check.Fail(!isWhole, CheckNames.Files, $"{record.Id} is not what was shared after the last start");
        }
    }

    /// <summary>A file is announced: it must be whole, stored, and what its author sent.</summary>
    public void Announced(LoggedEvent happened)
    {
        var words = happened.Text.Split(' ', 6);
        var id = words[1];
        Check.Fail(!_announced.TryAdd(id, happened), CheckNames.Files, $"{happened} is announced twice");
        _ids.Add(id);
        var share = happened.Actor.Intents.LastDone!.File!.Share!;
        Check.Fail(share.IsHashWrong, CheckNames.Files, $"{happened} has another hash than its sender gave");
        var content = share.Content;
        var isTrue = words[2] == content.Length.ToString(CultureInfo.InvariantCulture) && words[3] == HashOf(content)
            && words[5] == share.Name.Shown;
        Check.Fail(!isTrue, CheckNames.Files, $"{happened} is announced, and its sender shared {share}");
        Check.Fail(!Store.IsSealed(id), CheckNames.Files, $"{happened} is announced, and the store has not sealed it");
        Check.Fail(!ContentOf(id).AsSpan().SequenceEqual(content), CheckNames.Files,
                $"{happened} is announced, and stored is another content");
        share.IsOver = true;
        world.Machine.Milestones.Note(content.Length == 0 ? Milestone.EmptyFilesShared : Milestone.FilesShared);
    }

    /// <summary>What the store has taken for a file.</summary>
    public byte[] ContentOf(string id) => _contents.GetValueOrDefault(id, []);

    public void Append(string id, ReadOnlySpan<byte> bytes) => _contents[id] = [.. ContentOf(id), .. bytes];

    public void NoteRemoved(string id) => _removed.Add(id);

    public bool IsRemoved(string id) => _removed.Contains(id);

    /// <summary>Whether clients may see the file: it was announced, or a start has found it whole.</summary>
    public bool IsKnown(string id) => _announced.ContainsKey(id) || _found.Contains(id);

    /// <summary>The room that a file was announced in; null if it was not, or not in one.</summary>
    public string? RoomOf(string id) => _announced.GetValueOrDefault(id)?.Room;

    /// <summary>A file that a start has found, by the hash of its content; null if there is none.</summary>
    public string? FindByHash(string sha256) => _found.FirstOrDefault(id => HashOf(ContentOf(id)) == sha256);

    /// <summary>The SHA-256 of a content, in hexadecimal.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    // Each file that the store has was sealed with what it holds; and each that a room remembers is there, unless it was removed.
    private void Found(IReadOnlyList<SharedFile> records, IReadOnlyList<LoggedEvent> restored, bool isRestart)
    {
        foreach (var record in records)
        {
            var id = record.Id.ToString();
            var isTrue = Convert.ToHexStringLower(record.Sha256) == HashOf(ContentOf(id)) && record.SizeBytes == ContentOf(id).Length;
            Check.Fail(!isTrue, CheckNames.Files, $"{id} is found at a start, and is not what was sent");
            _found.Add(id);
            world.Machine.Milestones.Note(Milestone.FilesRestored);
        }

        var there = records.Select(static record => record.Id.ToString()).ToHashSet();
        var lost = isRestart ? restored.FirstOrDefault(one => !there.Contains(IdOf(one)) && !_removed.Contains(IdOf(one))) : null;
        Check.Fail(lost is not null, CheckNames.Files, $"a start gives {lost} back, and its file is not there");
    }

    private static string IdOf(LoggedEvent shared) => shared.Text.Split(' ')[1];

    // A call to the system: the process may end at it.
    private DiskResult? Fail(string call)
    {
        if (!_isOpening)
        {
            world.Machine.Die();
        }

        if (_isOpening || world.IsCalm)
        {
            return null;
        }

        var isFull = !call.StartsWith("delete", StringComparison.Ordinal) && _random.Chance(plan.Full);
        var isFailed = _random.Chance(plan.Failed);
        if (!isFull && !isFailed)
        {
            return null;
        }

        HasFailed = true;
        world.Machine.Milestones.Note(Milestone.FileDiskFailed);
        world.Machine.Note(TraceKind.Fault, -1, 0, 0, "the disk of files fails", Encoding.ASCII.GetBytes(call));
        return new(isFull ? DiskStatus.Full : DiskStatus.Failed, "a fault");
    }

    private sealed class Reader : IFileCaller
    {
        public List<byte> Bytes { get; } = [];

        public void OnRead(FileStatus status, ReadOnlySpan<byte> bytes) => Bytes.AddRange(bytes);
    }
}
