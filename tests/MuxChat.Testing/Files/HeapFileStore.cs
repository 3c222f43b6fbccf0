using System.Security.Cryptography;
using MuxChat.Core.Chat.Files;

namespace MuxChat.Testing.Files;

/// <summary>A store of shared files in memory. The test chooses its delays and failures.</summary>
/// <remarks>Outcomes come at <see cref="Collect"/> alone.</remarks>
public sealed class HeapFileStore : IFileStore
{
    private readonly Dictionary<FileId, Entry> _entries = [];
    private readonly Queue<Action> _outcomes = new();

    /// <summary>Whether appends are accepted. After a refusal, <see cref="LetAppend"/> accepts them again.</summary>
    public bool AcceptsAppends { get; set; } = true;

    /// <summary>Whether outcomes wait, whatever is collected.</summary>
    public bool HoldsOutcomes { get; set; }

    /// <summary>The outcome of each seal; <see cref="FileStatus.Ok"/> for the true one.</summary>
    public FileStatus SealStatus { get; set; }

    /// <summary>Whether reads fail.</summary>
    public bool FailsReads { get; set; }

    /// <summary>Whether reads are accepted.</summary>
    public bool AcceptsReads { get; set; } = true;

    /// <summary>The number of files, in every state.</summary>
    public int Count => _entries.Count;

    /// <summary>Accepts appends again, and tells those who were refused.</summary>
    public void LetAppend()
    {
        AcceptsAppends = true;
        foreach (var entry in _entries.Values.Where(static one => !one.IsSealed))
        {
            _outcomes.Enqueue(entry.Caller.OnRoom);
        }
    }

    /// <summary>Returns the bytes of a file.</summary>
    public byte[] ReadAll(FileId id) => [.. _entries[id].Bytes];

    /// <inheritdoc/>
    public void Create(FileId id, in FileHash hash, IFileCaller caller) => _entries.Add(id, new Entry(hash, caller));

    /// <inheritdoc/>
    public bool HasRoom(FileId id) => AcceptsAppends;

    /// <inheritdoc/>
    public bool TryAppend(FileId id, ReadOnlySpan<byte> bytes)
    {
        if (AcceptsAppends)
        {
            _entries[id].Bytes.AddRange(bytes);
        }

        return AcceptsAppends;
    }

    /// <inheritdoc/>
    public void Seal(SharedFile record)
    {
        var entry = _entries[record.Id];
        _outcomes.Enqueue(() =>
        {
            byte[] bytes = [.. entry.Bytes];
            var status = SealStatus != FileStatus.Ok ? SealStatus : IsRight(entry.Hash, bytes) ? FileStatus.Ok : FileStatus.WrongHash;
            entry.IsSealed = status == FileStatus.Ok;
            if (!entry.IsSealed)
            {
                _entries.Remove(record.Id);
            }

            entry.Caller.OnStored(status, entry.IsSealed ? SHA256.HashData(bytes) : []);
        });
    }

    /// <inheritdoc/>
    public void Delete(FileId id) => _entries.Remove(id);

    /// <inheritdoc/>
    public bool TryRead(FileId id, long offset, int length, IFileCaller caller)
    {
        if (AcceptsReads)
        {
            _outcomes.Enqueue(() =>
            {
                var isThere = !FailsReads && _entries.TryGetValue(id, out var entry) && entry.IsSealed;
                caller.OnRead(isThere ? FileStatus.Ok : FailsReads ? FileStatus.Failed : FileStatus.Missing,
                    isThere ? _entries[id].Bytes.GetRange((int)offset, length).ToArray() : []);
            });
        }

        return AcceptsReads;
    }

    /// <inheritdoc/>
    public void Collect()
    {
        // Work that an outcome begins ends at a later call, as with a thread.
        for (var left = HoldsOutcomes ? 0 : _outcomes.Count; left > 0; left--)
        {
            _outcomes.Dequeue()();
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Clients give MD5.")]
    private static bool IsRight(in FileHash hash, byte[] bytes) => hash.Kind switch
    {
        FileHashKind.Md5 => MD5.HashData(bytes).AsSpan().SequenceEqual(hash.Value),
        FileHashKind.Sha256 => SHA256.HashData(bytes).AsSpan().SequenceEqual(hash.Value),
        _ => true,
    };

    private sealed class Entry(FileHash hash, IFileCaller caller)
    {
        public FileHash Hash { get; } = hash;

        public IFileCaller Caller { get; } = caller;

        public List<byte> Bytes { get; } = [];

        public bool IsSealed { get; set; }
    }
}
