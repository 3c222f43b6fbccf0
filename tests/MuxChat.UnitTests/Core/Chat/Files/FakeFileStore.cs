using System.Security.Cryptography;
using MuxChat.Core.Chat.Files;

namespace MuxChat.UnitTests.Core.Chat.Files;

/// <summary>A store whose disk does what the test says. Outcomes come with the next <see cref="Collect"/>.</summary>
internal sealed class FakeFileStore : IFileStore
{
    private readonly Dictionary<FileId, (FileHash Hash, IFileCaller Caller, List<byte> Bytes)> _begun = [];
    private readonly Queue<Action> _outcomes = new();
    private int _openReads;

    /// <summary>The files that are sealed.</summary>
    public Dictionary<FileId, (SharedFile Record, byte[] Bytes)> Sealed { get; } = [];

    /// <summary>Files that are begun, and neither sealed nor deleted.</summary>
    public int BegunCount => _begun.Count;

    public List<FileId> Deleted { get; } = [];

    /// <summary>Whether outcomes wait.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Whether appends are refused.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether reads are refused.</summary>
    public bool RefusesReads { get; set; }

    /// <summary>The reads that may be under way.</summary>
    public int MaxReads { get; set; } = int.MaxValue;

    /// <summary>The outcome of the next seals, unless a hash is wrong.</summary>
    public FileStatus SealStatus { get; set; }

    /// <summary>The outcome of the next reads.</summary>
    public FileStatus ReadStatus { get; set; }

    /// <summary>The reads that were accepted.</summary>
    public List<(FileId Id, long Offset, int Length)> Reads { get; } = [];

    public void Create(FileId id, in FileHash hash, IFileCaller caller) => _begun.Add(id, (hash, caller, []));

    public bool HasRoom(FileId id) => !IsBusy && _begun.ContainsKey(id);

    public bool TryAppend(FileId id, ReadOnlySpan<byte> bytes)
    {
        if (!HasRoom(id))
        {
            return false;
        }

        _begun[id].Bytes.AddRange(bytes);
        return true;
    }

    public void Seal(SharedFile record)
    {
        Assert.True(_begun.Remove(record.Id, out var begun));
        var sha256 = SHA256.HashData(begun.Bytes.ToArray());
        var isRight = begun.Hash.Kind == FileHashKind.None || begun.Hash.Value.AsSpan().SequenceEqual(sha256);
        var status = isRight ? SealStatus : FileStatus.WrongHash;
        _outcomes.Enqueue(() =>
        {
            if (status == FileStatus.Ok)
            {
                Sealed.Add(record.Id, (record, [.. begun.Bytes]));
            }

            begun.Caller.OnStored(status, status == FileStatus.Ok ? sha256 : []);
        });
    }

    public void Delete(FileId id)
    {
        Deleted.Add(id);
        _begun.Remove(id);
        Sealed.Remove(id);
    }

    public bool TryRead(FileId id, long offset, int length, IFileCaller caller)
    {
        Assert.InRange(length, 1, IFileStore.MaxReadBytes);
        if (RefusesReads || _openReads == MaxReads)
        {
            return false;
        }

        _openReads++;
        Reads.Add((id, offset, length));
        var status = ReadStatus;
        _outcomes.Enqueue(() =>
        {
            _openReads--;
            var isThere = Sealed.TryGetValue(id, out var file) && status == FileStatus.Ok;
            caller.OnRead(isThere ? FileStatus.Ok : FileStatus.Missing, isThere ? file.Bytes.AsSpan((int)offset, length) : []);
        });
        return true;
    }

    public void Collect()
    {
        for (var count = IsHeld ? 0 : _outcomes.Count; count > 0; count--)
        {
            _outcomes.Dequeue()();
        }
    }

    /// <summary>A file that failed before its seal: the disk is full.</summary>
    public void Fail(FileId id, FileStatus status)
    {
        Assert.True(_begun.Remove(id, out var begun));
        _outcomes.Enqueue(() => begun.Caller.OnStored(status, []));
    }
}
