using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Chat.Files;

/// <summary>Shares files in rooms: takes uploads, announces each file once it is whole and stored, and lets members fetch it.</summary>
/// <remarks>
/// Owned by the hub. The bytes are the <see cref="IFileStore"/>'s. Invariant: a file is announced, listed or read only after the store has
/// sealed it. A broken upload, a wrong hash or a crash therefore leaves nothing that a client sees.
/// </remarks>
public sealed class FileSharing
{
    private static readonly CommandResult Off = CommandResult.Error(ErrorCode.FilesOff, "this server takes no files");

    // The store's record says whether the file is for everyone with the link. It could not be changed any more.
    private static readonly CommandResult ChangedMeanwhile =
        CommandResult.Error(ErrorCode.Busy, "the room was closed or opened while the file was stored: share it again");

    private readonly ChatState _state;
    private readonly FileDirectory _files = new();
    private IFileStore? _store;
    private Func<FileId> _newId = () => default;
    private long _lastNumber;

    internal FileSharing(ChatState state)
    {
        _state = state;
        Uploads = new UploadDirectory(this);
        Downloads = new DownloadDirectory(this);
        state.Rooms.Made = DropClosed;
        state.Rooms.Forgotten = Forget;
        Metrics.Kept.ReadFrom(() => _files.Count);
        Metrics.KeptBytes.ReadFrom(() => _files.TotalBytes);
    }

    /// <summary>Whether the server takes files.</summary>
    public bool IsOn => _store is not null && Limits.FileBytes > 0;

    /// <summary>The uploads under way.</summary>
    public UploadDirectory Uploads { get; }

    /// <summary>The downloads under way.</summary>
    public int DownloadCount => Downloads.Count;

    /// <summary>The keys by which the site knows members of closed rooms.</summary>
    public LinkKeys Keys { get; private set; } = new(static () => default);

    /// <summary>The keys by which the site knows the sessions that may upload.</summary>
    /// <remarks>They are other keys, because people pass links on: a link lets its reader read, and never upload.</remarks>
    public LinkKeys UploadKeys { get; private set; } = new(static () => default);

    /// <summary>The server's own URL without a slash at its end, in ASCII; empty if it has no site.</summary>
    public byte[] PublicUrl { get; set; } = [];

    internal IFileStore Store => _store ?? throw new InvalidOperationException("This server keeps no files.");

    internal DownloadDirectory Downloads { get; }

    internal FileLimits Limits => _state.Limits.Files;

    internal FileMetrics Metrics => _state.Metrics.Files;

    internal long NowMs => _state.Clock.NowMs;

    /// <summary>Sets the store. Called once the rooms are restored, and before the first client is let in.</summary>
    /// <param name="store">The store.</param>
    /// <param name="found">The files that it holds, by number.</param>
    /// <param name="newId">Draws ids that no client can guess.</param>
    public void Use(IFileStore store, IReadOnlyList<SharedFile> found, Func<FileId> newId)
    {
        (_store, _newId, Keys, UploadKeys) = (store, newId, new LinkKeys(newId), new LinkKeys(newId));
        _lastNumber = Math.Max(_lastNumber, found.Count == 0 ? 0 : found.Max(static file => file.Number));
        foreach (var file in found)
        {
            // Two files have one number if an admin brought them together from two servers.
            var kept = _files.Find(file.Number) is null ? file : file with { Number = ++_lastNumber };

            // Its room may have been closed after the file was shared. So no link opens it, and it goes when the room is made again.
            _files.Add(kept.Room.Length > 0 && _state.Rooms.IsStandingLost(kept.Room) ? kept with { IsClosed = true } : kept);
        }

        foreach (var file in found.Where(one => _files.Find(one.Id)!.IsClosed
            && _state.Rooms.FindDormantToo(one.Room) is { Rules.IsClosed: false }))
        {
            // The last server ended after the room was opened, and before its files were gone.
            Remove(file);
        }

        RemoveOldest();
    }

    /// <summary>Notes an announcement from the journal. Its number is never given to another file, even if its own is gone.</summary>
    internal void NoteAnnounced(ReadOnlySpan<byte> text)
    {
        if (FileText.TryRead(text, out var file))
        {
            _lastNumber = Math.Max(_lastNumber, file.Number);
        }
    }

    /// <summary>Calls back those whose bytes were stored or read. Called once a tick.</summary>
    public void Collect()
    {
        if (_store is null)
        {
            return;
        }

        _store.Collect();
        Downloads.GoOn();
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

        if (Uploads.TryResume(request, out upload))
        {
            return CommandResult.Ok();
        }

        var place = Uploads.FindPlace(request);
        if (place.IsOk)
        {
            upload = new Upload(this, _newId(), request);
            Uploads.Add(upload);
            Store.Create(upload.Id, upload.Hash, upload);
            upload.SealIfWhole();
        }

        return place;
    }

    /// <summary>Finds a file that a person may read: by its id, or by its number in one of their rooms.</summary>
    /// <param name="person">The person; null for a caller of a link without any right but the link.</param>
    /// <param name="id">The id as text; empty to find by number.</param>
    /// <param name="number">The number, from 1.</param>
    /// <param name="file">The file.</param>
    /// <param name="listCommand">The command by which the client lists the files of a room, as its protocol spells it.</param>
    public CommandResult Find(Person? person, ReadOnlySpan<byte> id, long number, out SharedFile? file, string listCommand = "files")
    {
        file = id.IsEmpty ? _files.Find(number) : FileId.TryParse(id, out var wanted) ? _files.Find(wanted) : null;
        var isKnown = file is not null && (id.IsEmpty ? IsMember(person, file) : file.Room.Length == 0 || MayFollowLink(person, file));

        // The answer does not tell that there is such a file in a room that the person is not in.
        file = isKnown ? file : null;
        return isKnown ? CommandResult.Ok() : !IsOn ? Off : CommandResult.Error(ErrorCode.UnknownFile, id.IsEmpty
            ? $"there is no file {number} in your rooms: {listCommand} lists them"
            : "there is no such file, or no longer, or it is for members only");
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
    /// <param name="partBytes">
    /// The bytes that the client takes at a time, at most <see cref="IFileStore.MaxReadBytes"/>. All its parts but the last then have them.
    /// </param>
    /// <returns>Null if as many downloads as allowed are under way.</returns>
    public Download? TryOpen(SharedFile file, long offset, long length, IRecipient client, int partBytes = IFileStore.MaxReadBytes) =>
        Downloads.TryOpen(file, offset, length, client, partBytes);

    /// <summary>Whether a link to the file needs a member's key: its room is closed, or was.</summary>
    public bool NeedsKey(SharedFile file) => file.IsClosed || IsRoomClosed(file);

    /// <summary>Forgets a session that is gone.</summary>
    internal void Forget(Session session)
    {
        Keys.Forget(session);
        UploadKeys.Forget(session);
        Uploads.Forget(session.Recipient);
    }

    /// <summary>
    /// Removes the files that were shared while a room was closed, because the room is open now, or is another room of that name.
    /// </summary>
    internal void DropClosed(Room room)
    {
        foreach (var file in _files.In(room.Name).Where(static file => file.IsClosed))
        {
            Remove(file);
        }
    }

    // The files of a closed room are for its members. Once it is forgotten, the links of those of its open time would be for everyone.
    private void Forget(Room room)
    {
        foreach (var file in room.Rules.IsClosed ? _files.In(room.Name) : [])
        {
            Remove(file);
        }
    }

    /// <summary>Publishes a file that the store has sealed, if its sender may still share it.</summary>
    internal CommandResult Publish(Upload upload, byte[] sha256)
    {
        var file = upload.File! with { Sha256 = sha256 };
        var allowed = upload.Room.Length == 0 || upload.IsService ? CommandResult.Ok() : MayShare(upload.Sender, upload.Room);
        allowed = allowed.IsOk && file.IsClosed != IsRoomClosed(file) ? ChangedMeanwhile : allowed;
        if (!allowed.IsOk)
        {
            Store.Delete(file.Id);
            return allowed;
        }

        _files.Add(file);
        upload.BecomeKept(file);
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

        var allowed = request.Room.Length == 0 || request.IsService ? CommandResult.Ok() : MayShare(request.Sender, request.Room);
        return allowed.IsOk ? Uploads.CheckClient(request.Client, request.Sender) : allowed;
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

    private bool IsRoomClosed(SharedFile file) => _state.Rooms.FindDormantToo(file.Room) is { Rules.IsClosed: true };

    // Files of open rooms are for everyone who knows the link, which only members were given.
    private bool MayFollowLink(Person? person, SharedFile file) => NeedsKey(file) ? IsMember(person, file) : IsOn;

    private bool IsMember(Person? person, SharedFile file) => person is { IsGone: false }
        && _state.Rooms.Find(file.Room) is { } room && person.Find(room) is not null;

    private void RemoveOldest()
    {
        var uploaded = Uploads.ReceivedBytes;
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
