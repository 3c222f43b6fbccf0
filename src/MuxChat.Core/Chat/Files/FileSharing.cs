using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Chat.Files;

/// <summary>Shares files in rooms: takes uploads, announces each file once it is whole and stored, and lets members fetch it.</summary>
/// <remarks>
/// Owned by the hub. The bytes are the <see cref="IFileStore"/>'s. Invariant: a file is announced, listed or read only after the store has
/// sealed it, so a broken upload, a wrong hash or a crash leaves nothing that any client sees.
/// </remarks>
public sealed class FileSharing
{
    private static readonly CommandResult Off = CommandResult.Error(ErrorCode.FilesOff, "this server takes no files");
    private static readonly CommandResult Displaced =
        CommandResult.Error(ErrorCode.Busy, "the upload was given up: it got no bytes for a while, and others waited");

    private readonly ChatState _state;
    private readonly FileDirectory _files = new();
    private readonly Dictionary<FileId, Upload> _uploads = [];
    private readonly List<Download> _waiting = [];
    private IFileStore? _store;
    private Func<FileId> _newId = () => default;
    private long _lastNumber;
    private int _downloads;

    internal FileSharing(ChatState state)
    {
        _state = state;
        Metrics.Kept.ReadFrom(() => _files.Count);
        Metrics.KeptBytes.ReadFrom(() => _files.TotalBytes);
    }

    /// <summary>Whether the server takes files.</summary>
    public bool IsOn => _store is not null && Limits.FileBytes > 0;

    /// <summary>The number of uploads now, with those whose client is gone.</summary>
    public int UploadCount => _uploads.Count;

    /// <summary>The keys by which the site knows members of closed rooms.</summary>
    public LinkKeys Keys { get; private set; } = new(static () => default);

    /// <summary>The server's own URL without a slash at its end, in ASCII; empty if it has no site.</summary>
    public byte[] PublicUrl { get; set; } = [];

    internal IFileStore Store => _store ?? throw new InvalidOperationException("This server keeps no files.");

    internal FileLimits Limits => _state.Limits.Files;

    internal FileMetrics Metrics => _state.Metrics.Files;

    internal long NowMs => _state.Clock.NowMs;

    /// <summary>Sets the store. Called before the first client is let in.</summary>
    /// <param name="store">The store.</param>
    /// <param name="found">The files that it holds, by number.</param>
    /// <param name="newId">Draws ids that nobody can guess.</param>
    public void Use(IFileStore store, IReadOnlyList<SharedFile> found, Func<FileId> newId)
    {
        (_store, _newId, Keys) = (store, newId, new LinkKeys(newId));
        _lastNumber = found.Count == 0 ? 0 : found.Max(static file => file.Number);
        foreach (var file in found)
        {
            // Two files have one number if an admin brought them together from two servers.
            _files.Add(_files.Find(file.Number) is null ? file : file with { Number = ++_lastNumber });
        }

        RemoveOldest();
    }

    /// <summary>Calls back those whose bytes were stored or read. Called once a tick.</summary>
    public void Collect()
    {
        if (_store is null)
        {
            return;
        }

        _store.Collect();
        var waiting = _waiting.Count;
        for (var i = 0; i < waiting; i++)
        {
            // A download that still finds no place puts itself at the end again.
            var download = _waiting[i];
            download.Request();
        }

        _waiting.RemoveRange(0, waiting);
    }

    /// <summary>Begins an upload, or resumes the one that a client with the same file began before its connection broke.</summary>
    internal CommandResult Begin(in UploadRequest request, out Upload? upload)
    {
        upload = null;
        var allowed = Check(request);
        if (!allowed.IsOk)
        {
            return allowed;
        }

        GiveUpOld();
        upload = FindBroken(request);
        if (upload is not null)
        {
            upload.Attach(request.Sender, request.Client);
            return CommandResult.Ok();
        }

        var place = FindPlace(request);
        if (place.IsOk)
        {
            upload = new Upload(this, _newId(), request) { TouchedMs = NowMs };
            _uploads.Add(upload.Id, upload);
            Store.Create(upload.Id, upload.Hash, upload);
            upload.SealIfWhole();
        }

        return place;
    }

    /// <summary>Finds the upload of a client by its id.</summary>
    internal CommandResult FindUpload(IRecipient client, ReadOnlySpan<byte> id, out Upload? upload)
    {
        upload = FileId.TryParse(id, out var wanted) && _uploads.TryGetValue(wanted, out var found) && ReferenceEquals(found.Client, client)
            ? found : null;
        return upload is null ? CommandResult.Error(ErrorCode.UnknownFile, "there is no such upload of yours: share the file first")
            : CommandResult.Ok();
    }

    /// <summary>Finds a file that a person may read: by its id, or by its number in one of their rooms.</summary>
    /// <param name="person">The person; null for a caller of a link without any right but the link.</param>
    /// <param name="id">The id as text; empty to find by number.</param>
    /// <param name="number">The number, from 1.</param>
    /// <param name="file">The file.</param>
    public CommandResult Find(Person? person, ReadOnlySpan<byte> id, long number, out SharedFile? file)
    {
        file = id.IsEmpty ? _files.Find(number) : FileId.TryParse(id, out var wanted) ? _files.Find(wanted) : null;
        var isKnown = file is not null && (id.IsEmpty ? IsMember(person, file) : file.Room.Length == 0 || MayFollowLink(person, file));
        if (isKnown)
        {
            return CommandResult.Ok();
        }

        // The answer does not tell that there is such a file in a room that the person is not in.
        file = null;
        return !IsOn ? Off : CommandResult.Error(ErrorCode.UnknownFile, id.IsEmpty
            ? $"there is no file {number} in your rooms: /files lists them" : "there is no such file, or no longer, or it is for members only");
    }

    /// <summary>Lists the files of a room for a member, oldest first.</summary>
    internal CommandResult List(Person person, ReadOnlySpan<byte> name, out Room room, out SharedFile[] files)
    {
        files = [];
        var found = _state.FindRoom(person, name, out room);
        if (!found.IsOk)
        {
            return found;
        }

        if (person.Find(room) is null)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first");
        }

        files = _files.In(room.Name);
        return IsOn ? CommandResult.Ok() : Off;
    }

    /// <summary>Begins to read a part of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">The number of bytes, all within the file.</param>
    /// <param name="client">The client, which is woken when bytes are there.</param>
    /// <returns>Null if as many downloads as allowed are under way.</returns>
    public Download? TryOpen(SharedFile file, long offset, long length, IRecipient client)
    {
        if (_downloads >= Limits.Downloads)
        {
            return null;
        }

        _downloads++;
        var download = new Download(this, file.Id, offset, length, client);
        download.Request();
        return download;
    }

    /// <summary>Whether a link to the file needs a member's key: its room is closed, or was.</summary>
    public bool NeedsKey(SharedFile file) =>
        file.Room.Length > 0 && (file.IsClosed || _state.Rooms.FindDormantToo(file.Room) is { Rules.IsClosed: true });

    /// <summary>Forgets a session that is gone.</summary>
    internal void Forget(Session session)
    {
        Keys.Forget(session);
        Forget(session.Recipient);
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

    /// <summary>Removes the files that were shared while a room was closed, because the room is open now.</summary>
    internal void DropClosed(Room room)
    {
        foreach (var file in _files.In(room.Name).Where(static file => file.IsClosed))
        {
            Remove(file);
        }
    }

    /// <summary>Publishes a file that the store has sealed, if its sender may still share it.</summary>
    internal CommandResult Publish(Upload upload, byte[] sha256)
    {
        var file = upload.File! with { Sha256 = sha256 };
        var allowed = upload.Room.Length == 0 || upload.IsService ? CommandResult.Ok() : MayShare(upload.Sender, upload.Room);
        if (!allowed.IsOk)
        {
            Store.Delete(file.Id);
            return allowed;
        }

        _files.Add(file);
        upload.Become(file);
        RemoveOldest();
        if (upload.Room.Length == 0)
        {
            return CommandResult.Ok();
        }

        _state.JournalPosition = 0;
        var room = _state.Rooms.Open(upload.Room, []);
        try
        {
            _state.Publish(room, EventKind.Shared, upload.Sender, FileText.Encode(file));
            return CommandResult.Ok(room.LastSeq) with { Position = _state.JournalPosition };
        }
        finally
        {
            _state.Rooms.RestIfEmpty(room);
        }
    }

    internal void Seal(Upload upload)
    {
        var room = _state.Rooms.FindDormantToo(upload.Room);
        upload.Become(new SharedFile
        {
            Id = upload.Id,
            Number = ++_lastNumber,
            Name = upload.Name,
            SizeBytes = upload.SizeBytes,
            Room = room?.Name ?? upload.Room,
            IsClosed = room is { Rules.IsClosed: true },
            From = upload.Sender.Nick,
            UnixMs = _state.Clock.UnixMs,
            ImageType = upload.FindImageType(),
        });
        Store.Seal(upload.File!);
    }

    /// <summary>Counts received bytes. The oldest files go as the bytes arrive, and not when they are announced.</summary>
    internal void NoteReceived(int bytes)
    {
        Metrics.ReceivedBytes.Add(bytes);
        RemoveOldest();
    }

    /// <summary>Counts the end of an upload. One that failed is kept until its client asks, so that the client learns why.</summary>
    internal void NoteEnd(Upload upload, bool isShared, bool isAwaited)
    {
        (isShared ? Metrics.Shared : Metrics.Failed).Increment();
        if (isShared || isAwaited || upload.Client is null)
        {
            Remove(upload);
        }
    }

    /// <summary>Removes an upload whose end its client knows.</summary>
    internal void Remove(Upload upload) => _uploads.Remove(upload.Id);

    internal void Release(Download download)
    {
        _downloads--;
        _waiting.Remove(download);
    }

    internal void WaitForStore(Download download) => _waiting.Add(download);

    private CommandResult Check(in UploadRequest request)
    {
        if (!IsOn)
        {
            return Off;
        }

        if (request.SizeBytes < 0)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the size is missing: the file's length in bytes");
        }

        var max = Math.Min(Limits.FileBytes, Limits.TotalBytes);
        if (request.SizeBytes > max)
        {
            return CommandResult.Error(ErrorCode.FileTooLarge, $"the file has {request.SizeBytes} bytes: at most {max} are allowed");
        }

        return request.Room.Length == 0 || request.IsService ? CommandResult.Ok() : MayShare(request.Sender, request.Room);
    }

    private CommandResult MayShare(Person person, byte[] name)
    {
        if (person.IsGone)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, "the sender is gone");
        }

        var found = _state.FindRoom(person, name, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        return person.Find(room) is not { } membership
            ? CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first")
            : RoomAccess.MaySpeak(person, room, membership);
    }

    private Upload? FindBroken(in UploadRequest request)
    {
        foreach (var upload in _uploads.Values)
        {
            if (upload is { Client: null, IsResumable: true } && upload.SizeBytes == request.SizeBytes
                && request.Hash.Kind == FileHashKind.Sha256 && upload.Hash.Value.AsSpan().SequenceEqual(request.Hash.Value)
                && AsciiCaseInsensitive.AreEqual(upload.Room, request.Room))
            {
                return upload;
            }
        }

        return null;
    }

    private CommandResult FindPlace(in UploadRequest request)
    {
        var client = request.Client;
        if (_uploads.Values.Count(one => ReferenceEquals(one.Client, client)) >= Limits.UploadsPerClient)
        {
            return CommandResult.Error(ErrorCode.Busy, $"you have {Limits.UploadsPerClient} uploads: end one of them first");
        }

        var active = _uploads.Values.Where(static one => one.Outcome is null).ToArray();
        if (active.Length < Limits.Uploads && active.Sum(static one => one.SizeBytes) + request.SizeBytes <= Limits.TotalBytes)
        {
            return CommandResult.Ok();
        }

        // One whose client is gone goes first, then the one that has been still for longest.
        var stalled = active.Where(one => !one.IsSealing && (one.Client is null || NowMs - one.TouchedMs >= Limits.StalledMs))
            .OrderBy(static one => one.Client is null ? 0 : 1).ThenBy(static one => one.TouchedMs).FirstOrDefault();
        if (stalled is null)
        {
            return CommandResult.Error(ErrorCode.Busy, "too many uploads are under way: try again later");
        }

        GiveUp(stalled);
        return FindPlace(request);
    }

    private void GiveUpOld()
    {
        foreach (var upload in _uploads.Values.Where(one =>
            one is { Client: null, IsSealing: false } && NowMs - one.TouchedMs >= Limits.ResumeMs).ToArray())
        {
            GiveUp(upload);
        }
    }

    private void GiveUp(Upload upload)
    {
        Store.Delete(upload.Id);
        upload.End(Displaced);
    }

    // Files of open rooms are for everyone who knows the link, which only members were given.
    private bool MayFollowLink(Person? person, SharedFile file) => NeedsKey(file) ? IsMember(person, file) : IsOn;

    private bool IsMember(Person? person, SharedFile file) => person is { IsGone: false }
        && _state.Rooms.Find(file.Room) is { } room && person.Find(room) is not null;

    private void RemoveOldest()
    {
        var uploaded = _uploads.Values.Sum(static one => one.ReceivedBytes);
        while (_files.Oldest is { } oldest && (_files.TotalBytes + uploaded > Limits.TotalBytes || _files.Count > Limits.Files))
        {
            Remove(oldest);
        }
    }

    private void Remove(SharedFile file)
    {
        if (_files.Remove(file))
        {
            Store.Delete(file.Id);
        }
    }
}
