namespace MuxChat.Core.Chat.Files;

/// <summary>A file that a client sends. It becomes a <see cref="SharedFile"/> once all of it is stored and its hash is right.</summary>
/// <remarks>
/// Owner: <see cref="FileSharing"/>. Bytes that the store cannot take yet are held here, and the client is not read meanwhile: at most one
/// chunk of each upload waits so. A client of <c>upload://</c> that resumes an upload with a held chunk adds one before it waits.
/// </remarks>
public sealed class Upload : IFileCaller
{
    private const int MsPerSecond = 1000;

    private readonly FileSharing _sharing;
    private readonly byte[] _first = new byte[ImageType.LookBytes];
    private byte[]? _held;
    private bool _isKept;

    internal Upload(FileSharing sharing, FileId id, in UploadRequest request)
    {
        _sharing = sharing;
        Id = id;
        Name = FileName.Clean(request.Name);
        SizeBytes = request.SizeBytes;
        Hash = request.Hash;
        Room = request.Room;
        Sender = request.Sender;
        IsService = request.IsService;
        Client = request.Client;
        Host = request.Home.DescribeHost();
        Touch();
    }

    /// <summary>The id, which is the file's later.</summary>
    public FileId Id { get; }

    /// <summary>The name to show.</summary>
    public byte[] Name { get; private set; }

    /// <summary>The length that the client announced, in bytes.</summary>
    public long SizeBytes { get; }

    /// <summary>The hash that the content must have.</summary>
    public FileHash Hash { get; }

    /// <summary>The bytes received so far.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>The end of the upload: the share's result, or why there is none. Null until then.</summary>
    public CommandResult? Outcome { get; private set; }

    /// <summary>The file, once it is shared; null before.</summary>
    public SharedFile? File { get; private set; }

    /// <summary>Whether the client must wait: for the store to take its last bytes, or for the outcome.</summary>
    public bool IsWaiting => Outcome is null && (_held is not null || IsSealing);

    /// <summary>Whether a client that waits can go on now.</summary>
    public bool CanContinue => !IsWaiting || (_held is not null && _sharing.Store.HasRoom(Id));

    internal byte[] Room { get; }

    internal Person Sender { get; private set; }

    /// <summary>Whether a service shares the file, whose sender is in no room.</summary>
    internal bool IsService { get; }

    /// <summary>The client that sends it; null while none does.</summary>
    internal IRecipient? Client { get; private set; }

    /// <summary>The host of the person who began it. No client of another host gets it, whatever it knows of the content.</summary>
    internal byte[] Host { get; }

    internal bool IsSealing { get; private set; }

    /// <summary>Whether its bytes count as an upload's. Once its file is kept they count as the file's, and never twice.</summary>
    internal bool IsCounted => Outcome is null && !_isKept;

    /// <summary>The time of the last byte, on the clock of the tick.</summary>
    internal long TouchedMs { get; private set; }

    /// <summary>
    /// The time by which more bytes must come, or the upload is stalled. Each byte moves it a little, and it is never later than
    /// <see cref="FileLimits.StalledMs"/> from now. A byte now and then would otherwise keep a place for ever.
    /// </summary>
    internal long DueMs { get; private set; }

    /// <summary>Whether a client that comes back may go on. Only the hash tells that it is the same file.</summary>
    internal bool IsResumable => Hash.Kind == FileHashKind.Sha256 && !IsSealing && Outcome is null;

    /// <summary>Appends the next bytes.</summary>
    /// <returns>Ok, or the reason for which the upload takes no more. Then look at <see cref="IsWaiting"/>.</returns>
    public CommandResult Append(ReadOnlySpan<byte> bytes)
    {
        if (Outcome is { } ended)
        {
            _sharing.Uploads.Remove(this);
            return ended;
        }

        if (bytes.Length > SizeBytes - ReceivedBytes)
        {
            return CommandResult.Error(ErrorCode.TooLong,
                $"the file has {SizeBytes} bytes, and this would be byte {ReceivedBytes + bytes.Length}");
        }

        if (ReceivedBytes < _first.Length)
        {
            bytes[..(int)Math.Min(bytes.Length, _first.Length - ReceivedBytes)].CopyTo(_first.AsSpan((int)ReceivedBytes));
        }

        ReceivedBytes += bytes.Length;
        TouchedMs = _sharing.NowMs;
        DueMs = Math.Min(TouchedMs + _sharing.Limits.StalledMs, DueMs + ((long)bytes.Length * MsPerSecond / FileLimits.MinBytesPerSecond));
        _sharing.NoteReceived(bytes.Length);
        if (!bytes.IsEmpty && (_held is not null || !_sharing.Store.TryAppend(Id, bytes)))
        {
            _held = [.. _held ?? [], .. bytes];
        }

        SealIfWhole();
        return CommandResult.Ok();
    }

    /// <summary>Goes on after <see cref="CanContinue"/> has become true.</summary>
    public void Continue()
    {
        if (Outcome is null && _held is not null && _sharing.Store.TryAppend(Id, _held))
        {
            _held = null;
            SealIfWhole();
        }
    }

    /// <inheritdoc/>
    void IFileCaller.OnStored(FileStatus status, byte[] sha256)
    {
        if (Outcome is not null)
        {
            return;
        }

        // If publishing throws, the client must not wait for ever.
        var result = CommandResult.Error(ErrorCode.InternalError, "the file could not be announced");
        try
        {
            result = status == FileStatus.Ok ? _sharing.Publish(this, sha256) : Explain(status);
        }
        finally
        {
            End(result);
        }
    }

    /// <inheritdoc/>
    void IFileCaller.OnRoom() => Client?.Wake();

    /// <summary>Ends the upload, and wakes its client.</summary>
    internal void End(CommandResult result)
    {
        var isAwaited = IsWaiting;
        Outcome = result;
        _held = null;
        _sharing.Uploads.NoteEnd(this, result.IsOk, isAwaited);
        Client?.Wake();
    }

    /// <summary>Gives the upload to a client that sends the rest.</summary>
    internal void Attach(Person sender, IRecipient client)
    {
        (Sender, Client) = (sender, client);
        Touch();
    }

    /// <summary>Gives the upload to a client that has announced the same content, perhaps under another name.</summary>
    internal void Resume(in UploadRequest request)
    {
        Name = FileName.Clean(request.Name);
        Attach(request.Sender, request.Client);
    }

    /// <summary>Whether this client sends it. Another connection of its host may have gone on with it meanwhile.</summary>
    internal bool IsOf(IRecipient client) => ReferenceEquals(Client, client);

    internal void Detach() => Client = null;

    /// <summary>Records the file that the upload has become.</summary>
    internal void Become(SharedFile file) => File = file;

    /// <summary>Records that the file is kept.</summary>
    internal void BecomeKept(SharedFile file) => (File, _isKept) = (file, true);

    /// <summary>The media type by the first bytes; empty for anything but an image.</summary>
    internal string FindImageType() => ImageType.Of(_first.AsSpan(0, (int)Math.Min(_first.Length, SizeBytes)));

    internal void SealIfWhole()
    {
        if (_held is null && !IsSealing && ReceivedBytes == SizeBytes)
        {
            IsSealing = true;
            _sharing.Seal(this);
        }
    }

    private void Touch()
    {
        TouchedMs = _sharing.NowMs;
        DueMs = TouchedMs + _sharing.Limits.StalledMs;
    }

    private static CommandResult Explain(FileStatus status) => status switch
    {
        FileStatus.WrongHash => CommandResult.Error(ErrorCode.WrongHash, "the bytes do not have the given hash: nothing is shared"),
        FileStatus.Full => CommandResult.Error(ErrorCode.DiskFull, "the server's disk is full: nothing is shared"),
        _ => CommandResult.Error(ErrorCode.DiskFull, "the server's disk failed: nothing is shared"),
    };
}

/// <summary>The facts about a file that a client wants to share.</summary>
/// <param name="Name">The name, as the client gave it: well-formed UTF-8.</param>
/// <param name="SizeBytes">The length in bytes.</param>
/// <param name="Hash">The hash that the content must have.</param>
/// <param name="Room">The room's name; empty for a file that only its link leads to.</param>
/// <param name="Sender">The person who shares it.</param>
/// <param name="Client">The client that sends it.</param>
/// <param name="IsService">Whether the sender is in no room, such as an <c>upload://</c> client.</param>
internal readonly record struct UploadRequest(
    byte[] Name, long SizeBytes, FileHash Hash, byte[] Room, Person Sender, IRecipient Client, bool IsService = false)
{
    /// <summary>The client whose address counts: that of the sender's session. A proxy may send the bytes of many persons.</summary>
    public IRecipient Home => Sender.Subscriber ?? Client;
}
