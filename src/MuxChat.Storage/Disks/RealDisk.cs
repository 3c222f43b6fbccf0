using Microsoft.Win32.SafeHandles;

namespace MuxChat.Storage.Disks;

/// <summary>A directory of the operating system.</summary>
public sealed class RealDisk : IDisk
{
    private const string LockName = "lock";

    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory;
    private SafeFileHandle? _opened;

    private RealDisk(string directory) => _directory = directory;

    /// <summary>
    /// Opens a directory. With <paramref name="create"/>, creates a missing one for this user alone, because rooms' messages are private.
    /// </summary>
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
            var access = opening == DiskOpening.Read ? FileAccess.Read : FileAccess.ReadWrite;
            const FileShare All = FileShare.ReadWrite | FileShare.Delete;
            var path = PathOf(name);
            if (opening == DiskOpening.Create)
            {
                // An existing file may be readable by others, or be a link to another file.
                File.Delete(path);
            }

            file = new RealDiskFile(opening == DiskOpening.Create ? MakePrivate(path, FileMode.CreateNew, All)
                : new(path, FileMode.Open, access, All, bufferSize: 0));
            return DiskResult.Done;
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            file = null;
            return DiskErrors.FromOpening(exception);
        }
    }

    /// <inheritdoc/>
    public DiskResult Delete(string name)
    {
        var path = PathOf(name);
        return File.Exists(path) ? Try(() => File.Delete(path)) : DiskResult.Missing;
    }

    /// <inheritdoc/>
    public DiskResult Rename(string name, string newName) => Try(() => File.Move(PathOf(name), PathOf(newName), overwrite: true));

    /// <inheritdoc/>
    /// <remarks>The directory stays open from the first call on, so that names can be made durable even when descriptors run out.</remarks>
    public DiskResult SyncDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            return DiskResult.Done;
        }

        var error = _opened is null ? UnixFiles.OpenDirectory(_directory, out _opened) : 0;
        return DiskErrors.From(error == 0 ? UnixFiles.SyncDirectory(_opened!) : error);
    }

    /// <summary>Makes the names in a directory durable, without keeping a descriptor for it.</summary>
    internal static DiskResult SyncOnce(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return DiskResult.Done;
        }

        var error = UnixFiles.OpenDirectory(directory, out var opened);
        using (opened)
        {
            return DiskErrors.From(error == 0 ? UnixFiles.SyncDirectory(opened!) : error);
        }
    }

    /// <inheritdoc/>
    public DiskResult Lock(out IDisposable? held)
    {
        held = null;
        try
        {
            // On Unix .NET calls flock(LOCK_EX) for FileShare.None. The kernel releases the lock however the process ends.
            var path = PathOf(LockName);
            held = File.Exists(path)
                ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0)
                : MakePrivate(path, FileMode.OpenOrCreate, FileShare.None);
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

    // Set the mode as well as requesting it, because the process's umask may have removed bits that the owner needs.
    private static FileStream MakePrivate(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
        {
            return new(path, options);
        }

        options.UnixCreateMode = OwnersOnly;
        var file = new FileStream(path, options);
        try
        {
            File.SetUnixFileMode(file.SafeFileHandle, OwnersOnly);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // A new directory is durable only after a sync of its parent.
    private static void Make(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var result = SyncOnce(Path.GetDirectoryName(directory) ?? directory);
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
