namespace MuxChat.Core.Chat.Files;

/// <summary>The downloads under way, and the turns that they take at the store. Owner: <see cref="FileSharing"/>.</summary>
internal sealed class DownloadDirectory(FileSharing sharing)
{
    // Those for which the store took no read, each once, in their order.
    private readonly List<Download> _waiting = [];

    /// <summary>The downloads under way.</summary>
    public int Count { get; private set; }

    /// <summary>Whether downloads wait because the store took no read. One that comes later waits behind them.</summary>
    public bool IsStoreAwaited => _waiting.Count > 0;

    /// <summary>Begins a download. See <see cref="FileSharing.TryOpen"/>.</summary>
    public Download? TryOpen(SharedFile file, long offset, long length, IRecipient client, int partBytes)
    {
        if (Count >= sharing.Limits.Downloads)
        {
            return null;
        }

        Count++;
        var download = new Download(sharing, file.Id, offset, length, partBytes, client);
        download.Request();
        return download;
    }

    /// <summary>Lets a download wait until the store takes reads again.</summary>
    public void WaitForStore(Download download) => _waiting.Add(download);

    /// <summary>Asks the store for those that wait, until it takes no more.</summary>
    public void GoOn()
    {
        while (_waiting.Count > 0 && _waiting[0].TryAsk())
        {
            _waiting.RemoveAt(0);
        }
    }

    /// <summary>Forgets a download that has ended.</summary>
    public void Release(Download download)
    {
        Count--;
        _waiting.Remove(download);
    }
}
