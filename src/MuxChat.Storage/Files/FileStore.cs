using MuxChat.Core.Chat.Files;

namespace MuxChat.Storage.Files;

/// <summary>The loop's side of the store of shared files: counts what waits, and calls the callers.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Bytes wait in blocks of 64 KiB. An append takes at least one. An append is taken whole if there is room for any of it.</item>
/// <item>A file that is deleted while it is being sealed, or read, has the outcome <see cref="FileStatus.Missing"/>.</item>
/// <item>A seal whose record has another length than the content has the outcome <see cref="FileStatus.WrongHash"/>.</item>
/// </list>
/// </remarks>
public sealed class FileStore : IFileStore
{
    /// <summary>The length of a block, in bytes: 64 KiB.</summary>
    internal const int BlockBytes = IFileStore.MaxReadBytes;

    /// <summary>Blocks of one file that wait for the disk: 8, which is 512 KiB. At that, appends are refused.</summary>
    internal const int MaxFileBlocks = 8;

    /// <summary>Blocks of all files that wait for the disk: 128, which is 8 MiB. At that, appends are refused.</summary>
    internal const int MaxBlocks = 128;

    /// <summary>Reads that wait: 64. Further ones are refused.</summary>
    internal const int MaxReads = 64;

    /// <summary>Pieces of work that wait, of any kind: 4,096. At that, a new file fails at once.</summary>
    /// <remarks>A file that exists can always be sealed and deleted, so at most two pieces a file come on top.</remarks>
    internal const int MaxWork = 4096;

    /// <summary>Blocks that are kept to be used again: 64, which is 4 MiB. Further ones are left to the garbage collector.</summary>
    internal const int MaxFreeBlocks = 64;

    private readonly HandoverQueue<FileWork> _given;
    private readonly HandoverQueue<FileWork> _returned;
    private readonly Dictionary<FileId, FileUpload> _uploads = [];
    private readonly List<FileWork> _reads = [];
    private readonly Queue<FileUpload> _wantRoom = new();
    private readonly Queue<FileUpload> _refused = new();
    private readonly Stack<byte[]> _free = new();
    private int _blocks;
    private int _work;

    internal FileStore(HandoverQueue<FileWork> given, HandoverQueue<FileWork> returned)
    {
        _given = given;
        _returned = returned;
    }

    /// <summary>Called when there is new work for the store's thread.</summary>
    internal Action? Submitted { get; set; }

    /// <summary>Bytes that wait for the disk, in whole blocks.</summary>
    public long WaitingBytes => (long)_blocks * BlockBytes;

    /// <inheritdoc/>
    public void Create(FileId id, in FileHash hash, IFileCaller caller)
    {
        var upload = new FileUpload(id, caller);
        _uploads.Add(id, upload);
        if (_work >= MaxWork)
        {
            _refused.Enqueue(upload);
            return;
        }

        Give(new(FileWorkKind.Create, id) { Hash = hash, Upload = upload });
    }

    /// <inheritdoc/>
    /// <remarks>If not, the store calls <see cref="IFileCaller.OnRoom"/> once it has room, as after a refused append.</remarks>
    public bool HasRoom(FileId id)
    {
        if (!_uploads.TryGetValue(id, out var upload) || upload.IsSealing)
        {
            return false;
        }

        if (HasRoom(upload))
        {
            return true;
        }

        if (!upload.WantsRoom)
        {
            upload.WantsRoom = true;
            _wantRoom.Enqueue(upload);
        }

        return false;
    }

    /// <inheritdoc/>
    /// <remarks>A file that failed, is being sealed or was deleted takes no bytes, and never has room again.</remarks>
    public bool TryAppend(FileId id, ReadOnlySpan<byte> bytes)
    {
        if (!HasRoom(id))
        {
            return false;
        }

        var upload = _uploads[id];
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(bytes.Length, BlockBytes);
            var block = RentBlock();
            bytes[..length].CopyTo(block);
            bytes = bytes[length..];
            upload.Blocks++;
            _blocks++;
            Give(new(FileWorkKind.Append, id) { Block = block, Length = length, Upload = upload });
        }

        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The names in the record are too long to be kept.</exception>
    public void Seal(SharedFile record)
    {
        if (FileTrailer.LengthOf(record) > FileTrailer.MaxBytes)
        {
            throw new ArgumentException("the names of the file are too long", nameof(record));
        }

        if (_uploads.TryGetValue(record.Id, out var upload) && !upload.IsSealing)
        {
            upload.IsSealing = true;
            Give(new(FileWorkKind.Seal, record.Id) { Record = record, Upload = upload });
        }
    }

    /// <inheritdoc/>
    public void Delete(FileId id)
    {
        foreach (var read in _reads)
        {
            read.IsDeleted |= read.Id == id;
        }

        if (_uploads.Remove(id, out var upload))
        {
            upload.IsDeleted = true;
        }

        Give(new(FileWorkKind.Delete, id));
    }

    /// <inheritdoc/>
    public bool TryRead(FileId id, long offset, int length, IFileCaller caller)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, IFileStore.MaxReadBytes);
        if (_reads.Count >= MaxReads)
        {
            return false;
        }

        var read = new FileWork(FileWorkKind.Read, id) { Block = RentBlock(), Length = length, Offset = offset, Reader = caller };
        _reads.Add(read);
        Give(read);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>Outcomes that come meanwhile wait for the next call: a caller that goes on at once does not hold up the loop.</remarks>
    public void Collect()
    {
        for (var count = _refused.Count; count > 0; count--)
        {
            End(_refused.Dequeue(), FileStatus.Failed, []);
        }

        for (var count = _returned.Count; count > 0 && _returned.TryTake(out var work); count--)
        {
            Collect(work);
        }

        for (var count = _wantRoom.Count; count > 0; count--)
        {
            OfferRoom(_wantRoom.Dequeue());
        }
    }

    private void Collect(FileWork work)
    {
        _work--;
        if (work.Kind == FileWorkKind.Read)
        {
            _reads.Remove(work);
            EndRead(work);
            return;
        }

        if (work.Kind == FileWorkKind.Append)
        {
            work.Upload!.Blocks--;
            _blocks--;
            ReturnBlock(work.Block);
        }

        if (work.Upload is { } upload && (work.Kind == FileWorkKind.Seal || work.Status != FileStatus.Ok))
        {
            End(upload, work.Status, work.Sha256);
        }
    }

    private void EndRead(FileWork read)
    {
        var status = read.IsDeleted ? FileStatus.Missing : read.Status;
        try
        {
            read.Reader!.OnRead(status, status == FileStatus.Ok ? read.Block.AsSpan(0, read.Length) : []);
        }
        finally
        {
            ReturnBlock(read.Block);
        }
    }

    // The first outcome ends an upload. Work that comes back later finds the file gone.
    private void End(FileUpload upload, FileStatus status, byte[] sha256)
    {
        if (upload.IsOver || (upload.IsDeleted && !upload.IsSealing))
        {
            return;
        }

        upload.IsOver = true;
        if (upload.IsDeleted)
        {
            upload.Caller.OnStored(FileStatus.Missing, []);
            return;
        }

        _uploads.Remove(upload.Id);
        upload.Caller.OnStored(status, sha256);
    }

    private void OfferRoom(FileUpload upload)
    {
        if (upload.IsOver || upload.IsDeleted || upload.IsSealing)
        {
            return;
        }

        if (!HasRoom(upload))
        {
            _wantRoom.Enqueue(upload);
            return;
        }

        upload.WantsRoom = false;
        upload.Caller.OnRoom();
    }

    private bool HasRoom(FileUpload upload) => upload.Blocks < MaxFileBlocks && _blocks < MaxBlocks;

    private void Give(FileWork work)
    {
        _work++;
        _given.Put(work);
        Submitted?.Invoke();
    }

    private byte[] RentBlock() => _free.TryPop(out var block) ? block : GC.AllocateUninitializedArray<byte>(BlockBytes);

    private void ReturnBlock(byte[] block)
    {
        if (_free.Count < MaxFreeBlocks)
        {
            _free.Push(block);
        }
    }
}
