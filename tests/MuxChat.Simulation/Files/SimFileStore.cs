using MuxChat.Core.Chat.Files;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Lives;
using MuxChat.Simulation.Running;
using MuxChat.Testing.Files;

namespace MuxChat.Simulation.Files;

/// <summary>
/// Stands between the chat and the production store, hands everything on unchanged, and checks what the chat asks for: it removes no file
/// but the oldest, and none without need; it reads only for clients that may read; it keeps its limits.
/// </summary>
internal sealed class SimFileStore(SimWorld world, FileKeeper keeper, ImmediateFileStore inner, SeededRandom random) : IFileStore
{
    private readonly Dictionary<string, Begun> _begun = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, SharedFile> _sealed = [];
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<IFileCaller> _readers = [];
    private readonly List<(string Id, long Bytes, int Files)> _unneeded = [];
    private readonly HashSet<string> _mayGo = [];
    private readonly HashSet<string> _orphans = [];

    public ImmediateFileStore Inner => inner;

    private FileLimits Limits => keeper.Plan.Limits;

    private long SealedBytes => _sealed.Values.Sum(static file => file.SizeBytes);

    private long BegunBytes => _begun.Values.Sum(static one => one.TakenBytes + one.HeldBytes);

    /// <summary>The store has these files at the start.</summary>
    /// <remarks>No one may read one whose room is not known, and it goes when the room is made again.</remarks>
    public void Begin(IReadOnlyList<SharedFile> found, ServerLife life)
    {
        inner.Session.Worker.OutcomeReady = world.Network.Wake;
        foreach (var file in found)
        {
            Add(file);
            var room = file.Room.Length == 0 ? null : life.Memories.Find(System.Text.Encoding.UTF8.GetString(file.Room));
            if (file.Room.Length > 0 && (room is not { Restored: not null } || world.Plan.IsMemoryShort))
            {
                _mayGo.Add(file.Id.ToString());
            }

            if (file.Room.Length > 0 && room is null && !world.Plan.IsMemoryShort)
            {
                _orphans.Add(file.Id.ToString());
            }
        }
    }

    public bool IsSealed(string id) => _numbers.ContainsKey(id);

    public void Create(FileId id, in FileHash hash, IFileCaller caller)
    {
        _begun.Add(id.ToString(), new Begun(this, id.ToString(), caller));
        MayHang();
        inner.Create(id, hash, _begun[id.ToString()]);
    }

    public bool HasRoom(FileId id) => inner.HasRoom(id);

    public bool TryAppend(FileId id, ReadOnlySpan<byte> bytes)
    {
        var key = id.ToString();
        var begun = _begun.GetValueOrDefault(key);
        if (begun is { HeldBytes: > 0 })
        {
            Check.Fail(begun.HeldBytes != bytes.Length, CheckNames.Files,
                $"{begun.HeldBytes} bytes of {key} were held, and {bytes.Length} come");
            begun.HeldBytes = 0;
        }

        Justify(bytes.Length);
        MayHang();
        var isTaken = inner.TryAppend(id, bytes);
        if (begun is not null)
        {
            begun.HeldBytes = isTaken ? 0 : bytes.Length;
            begun.TakenBytes += isTaken ? bytes.Length : 0;
        }

        if (isTaken)
        {
            keeper.Append(key, bytes);
        }
        else
        {
            world.Machine.Milestones.Note(Milestone.FileBytesHeld);
        }

        return isTaken;
    }

    public void Seal(SharedFile record)
    {
        _begun[record.Id.ToString()].Record = record;
        MayHang();
        inner.Seal(record);
    }

    public void Delete(FileId id)
    {
        var key = id.ToString();
        _begun.Remove(key);
        if (_numbers.Remove(key, out var number))
        {
            Removed(key, number);
        }

        keeper.NoteRemoved(key);
        MayHang();
        inner.Delete(id);
    }

    public bool TryRead(FileId id, long offset, int length, IFileCaller caller)
    {
        if (_readers.Add(caller) && caller is Download { Client: { } client } && _numbers.TryGetValue(id.ToString(), out var number))
        {
            var file = _sealed[number];
            var link = ChatLog.LinkOf(client);
            var room = System.Text.Encoding.UTF8.GetString(file.Room);
            var isClosed = file.IsClosed || world.Life.Book?.Of(room).IsClosed == true;
            Check.Fail(_orphans.Contains(id.ToString()), CheckNames.Rights,
                $"client {link.ClientNumber} reads file {number} of {room}, of which the start knew nothing");
            var isMember = link.Rooms.Exists(one => world.Chronicle.KeyOf(one.Name) == world.Chronicle.KeyOf(room));
            Check.Fail(isClosed && !isMember, CheckNames.Rights,
                $"client {link.ClientNumber} reads file {number} of {room}, which is closed, and it is not a member");
            world.Machine.Milestones.Note(isClosed ? Milestone.ClosedFilesRead : Milestone.FilesRead);
        }

        MayHang();
        return inner.TryRead(id, offset, length, caller);
    }

    public void Collect() => inner.Collect();

    /// <summary>What is kept, and under way, is within the limits.</summary>
    public void AfterTick()
    {
        Justify(0);
        var bytes = SealedBytes + BegunBytes;
        Check.Fail(bytes > Limits.TotalBytes, CheckNames.Limits, $"files and uploads have {bytes} bytes, {Limits.TotalBytes} are allowed");
        Check.Fail(_sealed.Count > Limits.Files, CheckNames.Limits, $"there are {_sealed.Count} files, {Limits.Files} are allowed");
        Check.Fail(_begun.Count > Limits.Uploads, CheckNames.Limits, $"there are {_begun.Count} uploads, {Limits.Uploads} are allowed");
        var downloads = world.Hub.Files.DownloadCount;
        Check.Fail(downloads > Limits.Downloads, CheckNames.Limits, $"there are {downloads} downloads, {Limits.Downloads} are allowed");
    }

    // Files of rooms that were closed go for other reasons, and so does one that its sender may not share any more.
    private void Removed(string id, long number)
    {
        var file = _sealed[number];
        var isOfClosed = file.IsClosed || (keeper.RoomOf(id) is { } room && world.Life.Book?.Of(room).IsClosed == true);
        var isEvicted = keeper.IsKnown(id) && !isOfClosed && !_mayGo.Contains(id);
        Check.Fail(isEvicted && _sealed.First().Key != number, CheckNames.Files,
                $"file {number} goes, and file {_sealed.First().Key} is older");
        if (isEvicted)
        {
            _unneeded.Add((id, SealedBytes + BegunBytes, _sealed.Count));
            world.Machine.Milestones.Note(Milestone.FilesEvicted);
        }

        _sealed.Remove(number);
    }

    // The oldest file goes for bytes that the store gets next, or for a file that is announced now.
    private void Justify(int more)
    {
        foreach (var (id, bytes, files) in _unneeded)
        {
            Check.Fail(bytes + more <= Limits.TotalBytes && files <= Limits.Files, CheckNames.Files,
                $"{id} went, and there was room: {bytes} bytes of {Limits.TotalBytes} with {more} more, {files} files of {Limits.Files}");
        }

        _unneeded.Clear();
    }

    private void Add(SharedFile file)
    {
        _sealed.Add(file.Number, file);
        _numbers.Add(file.Id.ToString(), file.Number);
    }

    // The disk hangs from now on, for a time.
    private void MayHang()
    {
        if (inner.IsHeld || world.IsCalm || !random.Chance(keeper.Plan.Hang))
        {
            return;
        }

        inner.IsHeld = true;
        world.Machine.Milestones.Note(Milestone.FileDiskHung);
        world.Machine.Agenda.Add(world.Machine.Clock.NowUs + random.Between(1, keeper.Plan.MaxHangUs), () =>
        {
            inner.IsHeld = false;
            world.Network.Wake();
        });
    }

    /// <summary>A file that is uploaded, between the store and the chat.</summary>
    private sealed class Begun(SimFileStore store, string id, IFileCaller caller) : IFileCaller
    {
        public long TakenBytes { get; set; }

        public long HeldBytes { get; set; }

        public SharedFile? Record { get; set; }

        public void OnRoom() => caller.OnRoom();

        public void OnStored(FileStatus status, byte[] sha256)
        {
            if (store._begun.GetValueOrDefault(id) == this)
            {
                store._begun.Remove(id);
                if (status == FileStatus.Ok)
                {
                    store.Add(Record!);
                }
            }

            caller.OnStored(status, sha256);
        }
    }
}
