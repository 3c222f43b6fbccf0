namespace MuxChat.Core.Chat.Files;

/// <summary>Reads a part of a file for one client, in blocks, as fast as the client takes them.</summary>
/// <remarks>Owner: the client's answer, which ends it. It holds at most two blocks, with the one that the store reads.</remarks>
public sealed class Download : IFileCaller, IDisposable
{
    private readonly FileSharing _sharing;
    private readonly FileId _id;
    private readonly IRecipient _client;
    private readonly int _blockBytes;
    private readonly Queue<byte[]> _blocks = new();
    private long _nextOffset;
    private long _unasked;
    private int _used;
    private bool _isAsking;
    private bool _isWaiting;
    private bool _isEnded;

    internal Download(FileSharing sharing, FileId id, long offset, long length, int partBytes, IRecipient client)
    {
        _sharing = sharing;
        _id = id;
        _client = client;
        _blockBytes = IFileStore.MaxReadBytes / partBytes * partBytes;
        _nextOffset = offset;
        (_unasked, LeftBytes) = (length, length);
    }

    /// <summary>The bytes that <see cref="Take"/> has not returned yet.</summary>
    public long LeftBytes { get; private set; }

    /// <summary>The client that reads.</summary>
    internal IRecipient Client => _client;

    /// <summary>Whether the file could not be read to its end: it is gone, or the disk failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether <see cref="Take"/> has bytes, or there are no more.</summary>
    public bool IsReady => _blocks.Count > 0 || HasFailed || LeftBytes == 0;

    /// <summary>Takes the next bytes: as many as are here, at most <paramref name="max"/>. They are valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int max)
    {
        if (!_blocks.TryPeek(out var block))
        {
            return default;
        }

        var taken = block.AsSpan(_used, Math.Min(max, block.Length - _used));
        _used += taken.Length;
        LeftBytes -= taken.Length;
        if (_used == block.Length)
        {
            _blocks.Dequeue();
            _used = 0;
        }

        _sharing.Metrics.SentBytes.Add(taken.Length);
        Request();
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            HasFailed |= LeftBytes > 0;
            _blocks.Clear();
            _sharing.Downloads.Release(this);
        }
    }

    /// <inheritdoc/>
    void IFileCaller.OnRead(FileStatus status, ReadOnlySpan<byte> bytes)
    {
        _isAsking = false;
        if (_isEnded)
        {
            return;
        }

        HasFailed |= status != FileStatus.Ok;
        if (!HasFailed)
        {
            _blocks.Enqueue(bytes.ToArray());
            Request();
        }

        _client.Wake();
    }

    /// <summary>Asks the store for the next block, unless two are here or under way. Waits behind those who wait for the store.</summary>
    internal void Request()
    {
        if (_isEnded || _isAsking || _isWaiting || HasFailed || _unasked == 0 || _blocks.Count > 1)
        {
            return;
        }

        _isWaiting = _sharing.Downloads.IsStoreAwaited || !TryAsk();
        if (_isWaiting)
        {
            _sharing.Downloads.WaitForStore(this);
        }
    }

    /// <summary>Asks the store for the next block. False if the store takes no read now.</summary>
    internal bool TryAsk()
    {
        var length = (int)Math.Min(_unasked, _blockBytes);
        if (!_sharing.Store.TryRead(_id, _nextOffset, length, this))
        {
            return false;
        }

        (_isWaiting, _isAsking) = (false, true);
        _nextOffset += length;
        _unasked -= length;
        return true;
    }
}
