using Microsoft.Win32.SafeHandles;

namespace MuxChat.Storage.Disks;

/// <summary>A file of the operating system.</summary>
internal sealed class RealDiskFile(FileStream stream) : IDiskFile
{
    private readonly SafeFileHandle _handle = stream.SafeFileHandle;

    /// <inheritdoc/>
    public DiskResult GetLength(out long length)
    {
        try
        {
            length = RandomAccess.GetLength(_handle);
            return DiskResult.Done;
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            length = 0;
            return DiskErrors.From(exception);
        }
    }

    /// <inheritdoc/>
    public DiskResult Read(long offset, Span<byte> into, out int count)
    {
        try
        {
            count = RandomAccess.Read(_handle, into, offset);
            return DiskResult.Done;
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            count = 0;
            return DiskErrors.From(exception);
        }
    }

    /// <inheritdoc/>
    public DiskResult Write(long offset, ReadOnlySpan<byte> bytes, out int written)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
            written = bytes.Length;
            return DiskResult.Done;
        }
        catch (ArgumentOutOfRangeException exception) when (offset >= 0)
        {
            // .NET reports EFBIG this way: the process has reached its limit on file size (setrlimit(2), RLIMIT_FSIZE).
            written = 0;
            return new(DiskStatus.Full, exception.Message);
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            written = 0;
            return DiskErrors.From(exception);
        }
    }

    /// <inheritdoc/>
    public DiskResult Sync()
    {
        if (OperatingSystem.IsLinux())
        {
            return DiskErrors.From(UnixFiles.SyncData(_handle));
        }

        try
        {
            RandomAccess.FlushToDisk(_handle);
            return DiskResult.Done;
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            return DiskErrors.From(exception);
        }
    }

    /// <inheritdoc/>
    public DiskResult Truncate(long length)
    {
        try
        {
            RandomAccess.SetLength(_handle, length);
            return DiskResult.Done;
        }
        catch (Exception exception) when (DiskErrors.IsDiskError(exception))
        {
            return DiskErrors.From(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
