namespace MuxChat.Core.Chat.Files;

/// <summary>The downloads under way, and the turns that they take at the store. Owner: <see cref="FileSharing"/>.</summary>
internal sealed class DownloadDirectory(FileSharing sharing)
{
    // Those for which the store took no read, each once, in their order.
    private readonly List<Download> _waiting = [];

    private readonly List<Download> _all = [];

    /// <summary>The downloads under way.</summary>
    public int Count => _all.Count;

    /// <summary>Whether downloads wait because the store took no read. One that comes later waits behind them.</summary>
    public bool IsStoreAwaited => _waiting.Count > 0;

    /// <summary>Begins a download. See <see cref="FileSharing.TryOpen"/>.</summary>
    public Download? TryOpen(SharedFile file, long offset, long length, IRecipient client, int partBytes)
    {
        var download = new Download(sharing, file.Id, offset, length, partBytes, client);
        if (!TryFindPlace(client, download.Host))
        {
            return null;
        }

        _all.Add(download);
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
        _all.Remove(download);
        _waiting.Remove(download);
    }

    // The limit of hosts does not count this machine, which may have a proxy for all clients.
    private bool TryFindPlace(IRecipient client, byte[] host)
    {
        var max = sharing.Limits.Downloads;
        var ofHost = client.IsLoopback || client.LocalUserName is not null ? []
            : _all.FindAll(one => one.Host.AsSpan().SequenceEqual(host));
        var crowd = ofHost.Count >= Math.Max(FileLimits.HostsAtLeast, max / FileLimits.HostsAtLeast) ? ofHost
            : _all.Count >= max ? _all : null;
        if (crowd is null)
        {
            return true;
        }

        var slowest = crowd.Where(static one => one.IsSlow).MinBy(static one => one.WaitsSinceMs);
        slowest?.GiveUp();
        return slowest is not null && TryFindPlace(client, host);
    }
}
