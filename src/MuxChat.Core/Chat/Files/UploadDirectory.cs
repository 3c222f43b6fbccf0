using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Files;

/// <summary>The uploads under way: their places, and those that wait for a client to come back. Owner: <see cref="FileSharing"/>.</summary>
public sealed class UploadDirectory
{
    private static readonly CommandResult GivenUp =
        CommandResult.Error(ErrorCode.Busy, "the upload was given up: it got no bytes for a while, and others waited");

    private readonly FileSharing _sharing;
    private readonly Dictionary<FileId, Upload> _uploads = [];

    internal UploadDirectory(FileSharing sharing) => _sharing = sharing;

    /// <summary>The number of uploads, with those whose client is gone.</summary>
    public int Count => _uploads.Count;

    /// <summary>The bytes that they have received so far.</summary>
    public long ReceivedBytes => _uploads.Values.Sum(static one => one.IsCounted ? one.ReceivedBytes : 0);

    private FileLimits Limits => _sharing.Limits;

    /// <summary>Finds the upload of a client by its id.</summary>
    public CommandResult Find(IRecipient client, ReadOnlySpan<byte> id, out Upload? upload)
    {
        upload = FileId.TryParse(id, out var wanted) && _uploads.TryGetValue(wanted, out var found) && ReferenceEquals(found.Client, client)
            ? found : null;
        return upload is null ? CommandResult.Error(ErrorCode.UnknownFile, "there is no such upload of yours: share the file first")
            : CommandResult.Ok();
    }

    /// <summary>Gives up an upload of a client at once, so that its place is free.</summary>
    public CommandResult Cancel(IRecipient client, ReadOnlySpan<byte> id)
    {
        var found = Find(client, id, out var upload);
        if (upload is not null)
        {
            upload.Detach();
            if (upload.Outcome is null)
            {
                GiveUp(upload);
            }
            else
            {
                Remove(upload);
            }
        }

        return found;
    }

    internal void Add(Upload upload) => _uploads.Add(upload.Id, upload);

    /// <summary>Gives a broken or stalled upload of the same content to a client of its host that announces it again.</summary>
    internal bool TryResume(in UploadRequest request, out Upload? upload)
    {
        GiveUpOld();
        upload = FindBroken(request);
        upload?.Resume(request);
        return upload is not null;
    }

    /// <summary>Forgets a client that is gone. Its uploads wait to be resumed, if they can be.</summary>
    public void Forget(IRecipient client)
    {
        foreach (var upload in _uploads.Values.Where(one => ReferenceEquals(one.Client, client)).ToArray())
        {
            upload.Detach();
            if (upload.Outcome is not null)
            {
                Remove(upload);
            }
            else if (!upload.IsSealing && (!upload.IsResumable || upload.ReceivedBytes == 0))
            {
                GiveUp(upload);
            }
        }
    }

    /// <summary>Counts the end of an upload. One that failed is kept until its client asks, so that the client learns why.</summary>
    internal void NoteEnd(Upload upload, bool isShared, bool isAwaited)
    {
        (isShared ? _sharing.Metrics.Shared : _sharing.Metrics.Failed).Increment();
        if (isShared || isAwaited || upload.Client is null)
        {
            Remove(upload);
        }
    }

    /// <summary>Removes an upload whose end its client knows.</summary>
    internal void Remove(Upload upload) => _uploads.Remove(upload.Id);

    private Upload? FindBroken(in UploadRequest request)
    {
        var host = request.Home.DescribeHost();
        foreach (var upload in _uploads.Values)
        {
            if (upload.IsResumable && IsLeft(upload) && upload.Host.AsSpan().SequenceEqual(host)
                && upload.IsService == request.IsService && upload.SizeBytes == request.SizeBytes
                && request.Hash.Kind == FileHashKind.Sha256 && upload.Hash.Value.AsSpan().SequenceEqual(request.Hash.Value)
                && AsciiCaseInsensitive.AreEqual(upload.Room, request.Room))
            {
                return upload;
            }
        }

        return null;
    }

    // The server may not know yet that the connection of its client is dead.
    private bool IsLeft(Upload upload) => upload.Client is null || (!upload.IsWaiting && IsStalled(upload));

    private bool IsStalled(Upload upload) => _sharing.NowMs >= upload.DueMs;

    /// <summary>Checks that a client may have another upload, be it new or resumed.</summary>
    /// <remarks>A person's uploads over HTTP come from other connections, and count all the same.</remarks>
    internal CommandResult CheckClient(IRecipient client, Person sender) =>
        _uploads.Values.Count(one => one.Client is not null && (ReferenceEquals(one.Client, client) || one.Sender == sender))
            < Limits.UploadsPerClient ? CommandResult.Ok()
            : CommandResult.Error(ErrorCode.Busy, $"you have {Limits.UploadsPerClient} uploads: end one of them first");

    /// <summary>Finds a place for another upload, which may be the place of one that is given up for it.</summary>
    internal CommandResult FindPlace(in UploadRequest request)
    {
        var active = _uploads.Values.Where(static one => one.Outcome is null).ToArray();
        var ofHost = OfHost(active, request.Home);
        var crowd = !FitsHost(ofHost, request.SizeBytes) ? ofHost
            : active.Length >= Limits.Uploads || active.Sum(static one => one.SizeBytes) + request.SizeBytes > Limits.TotalBytes ? active
            : null;
        if (crowd is null)
        {
            return CommandResult.Ok();
        }

        // One whose client is gone goes first, then the one that has been still for longest.
        var stalled = crowd.Where(one => !one.IsSealing && (one.Client is null || IsStalled(one)))
            .OrderBy(static one => one.Client is null ? 0 : 1).ThenBy(static one => one.TouchedMs).FirstOrDefault();
        if (stalled is null)
        {
            return CommandResult.Error(ErrorCode.Busy, crowd == active ? "too many uploads are under way: try again later"
                : "too many uploads from your address are under way: end one of them first");
        }

        GiveUp(stalled);
        return FindPlace(request);
    }

    // The limits of addresses do not count this machine, which may have a proxy for all clients.
    private static Upload[] OfHost(Upload[] active, IRecipient client)
    {
        var host = client.DescribeHost();
        return client.IsLoopback || client.LocalUserName is not null ? [] : [.. active.Where(one => one.Host.AsSpan().SequenceEqual(host))];
    }

    // One upload may have any length that a file may have.
    private bool FitsHost(Upload[] ofHost, long sizeBytes) => ofHost.Length == 0
        || (ofHost.Length < Math.Max(Limits.UploadsPerClient, Limits.Uploads / FileLimits.HostsAtLeast)
            && ofHost.Sum(static one => one.SizeBytes) + sizeBytes <= Limits.TotalBytes / FileLimits.HostsAtLeast);

    private void GiveUpOld()
    {
        foreach (var upload in _uploads.Values.Where(one =>
            one is { Client: null, IsSealing: false } && _sharing.NowMs - one.TouchedMs >= Limits.ResumeMs).ToArray())
        {
            GiveUp(upload);
        }
    }

    private void GiveUp(Upload upload)
    {
        _sharing.Store.Delete(upload.Id);
        upload.End(GivenUp);
    }
}
