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
        Host = client.DescribeHost();
        WaitsSinceMs = sharing.NowMs;
    }

    /// <summary>The bytes that <see cref="Take"/> has not returned yet.</summary>
    public long LeftBytes { get; private set; }

    /// <summary>The client that reads.</summary>
    internal IRecipient Client => _client;

    /// <summary>The host of the client that reads.</summary>
    internal byte[] Host { get; }

    /// <summary>The time since which the client could take the next bytes, on the clock of the tick.</summary>
    internal long WaitsSinceMs { get; private set; }

    /// <summary>Whether the client could have taken bytes for long. Time that the store needs does not count.</summary>
    internal bool IsSlow => _blocks.Count > 0 && _sharing.NowMs - WaitsSinceMs >= _sharing.Limits.SlowMs;

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

        WaitsSinceMs = _sharing.NowMs;
        _sharing.Metrics.SentBytes.Add(taken.Length);
        Request();
        return taken;
    }

    /// <summary>Ends the download before its client has all, and tells the client.</summary>
    internal void GiveUp()
    {
        Dispose();
        _client.Wake();
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
            WaitsSinceMs = _blocks.Count == 0 ? _sharing.NowMs : WaitsSinceMs;
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
