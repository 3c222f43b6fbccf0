namespace MuxChat.Storage.Disks;

/// <summary>A directory of the operating system.</summary>
public sealed class RealDisk : IDisk
{
    private const string LockName = "lock";

    private readonly string _directory;

    private RealDisk(string directory) => _directory = directory;

    /// <summary>Opens a directory; <paramref name="create"/> makes it when it does not exist, for this user alone: what is said in rooms is private.</summary>
    public static DiskResult Open(string directory, bool create, out RealDisk? disk)
    {
        disk = null;
        try
        {
            var full = Path.GetFullPath(directory);
            if (!Directory.Exists(full))
            {
                if (!create)
                {
                    return DiskResult.Failed("there is no such directory");
                }

                Make(full);
            }

            disk = new RealDisk(full);
            return DiskResult.Done;
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            return DiskErrors.From(exception);
        }
    }

    /// <inheritdoc/>
    public string PathOf(string name) => Path.Combine(_directory, name);

    /// <inheritdoc/>
    public DiskResult List(ICollection<string> names) => Try(() =>
    {
        foreach (var file in Directory.EnumerateFiles(_directory))
        {
            names.Add(Path.GetFileName(file));
        }
    });

    /// <inheritdoc/>
    public DiskResult Open(string name, DiskOpening opening, out IDiskFile? file)
    {
        try
        {
            var mode = opening == DiskOpening.Create ? FileMode.Create : FileMode.Open;
            var access = opening == DiskOpening.Read ? FileAccess.Read : FileAccess.ReadWrite;
            file = new RealDiskFile(File.OpenHandle(PathOf(name), mode, access, FileShare.ReadWrite | FileShare.Delete));
            return DiskResult.Done;
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            file = null;
            return DiskErrors.From(exception);
        }
    }

    /// <inheritdoc/>
    public DiskResult Delete(string name)
    {
        var path = PathOf(name);
        return File.Exists(path) ? Try(() => File.Delete(path)) : DiskResult.Failed("there is no such file");
    }

    /// <inheritdoc/>
    public DiskResult Rename(string name, string newName) => Try(() => File.Move(PathOf(name), PathOf(newName), overwrite: true));

    /// <inheritdoc/>
    public DiskResult SyncDirectory() => OperatingSystem.IsWindows() ? DiskResult.Done : DiskErrors.From(UnixFiles.SyncDirectory(_directory));

    /// <inheritdoc/>
    public DiskResult Lock(out IDisposable? held)
    {
        held = null;
        try
        {
            // On Unix the library takes flock(LOCK_EX) for FileShare.None, which the kernel lets go when the process ends, however it ends.
            held = new FileStream(PathOf(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return DiskResult.Done;
        }
        catch (IOException exception) when (DiskErrors.IsInUse(exception))
        {
            return new(DiskStatus.InUse, exception.Message);
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            return DiskErrors.From(exception);
        }
    }

    // A directory that was just made is durable only when its parent is.
    private static void Make(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var result = DiskErrors.From(UnixFiles.SyncDirectory(Path.GetDirectoryName(directory) ?? directory));
        if (!result.IsOk)
        {
            throw new IOException(result.Message);
        }
    }

    private static DiskResult Try(Action action)
    {
        try
        {
            action();
            return DiskResult.Done;
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            return DiskErrors.From(exception);
        }
    }
}
