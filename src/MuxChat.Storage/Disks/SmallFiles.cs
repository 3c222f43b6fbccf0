using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MuxChat.Storage.Disks;

/// <summary>
/// Reads files that an admin names, of whatever type, and writes the server's private files. No call waits for another process.
/// </summary>
public static class SmallFiles
{
    /// <summary>Reads the first bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="max">The most bytes to read; the rest is ignored.</param>
    /// <exception cref="IOException">The file cannot be read, or is a pipe or a terminal, whose
    /// bytes may never come and never end.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read the file, or it is a directory.</exception>
    public static byte[] Read(string path, int max)
    {
        using var stream = new FileStream(Open(path), FileAccess.Read, bufferSize: 0);
        if (!stream.CanSeek)
        {
            throw new IOException("it is a pipe or a terminal, not a file");
        }

        var bytes = new byte[max];
        return bytes[..stream.ReadAtLeast(bytes, max, throwOnEndOfStream: false)];
    }

    /// <summary>Writes a file that only this user may read. The write is durable and atomic.</summary>
    /// <param name="directory">Its directory, which must exist.</param>
    /// <param name="name">Its name. The file is first written under this name plus <c>.new</c>.</param>
    /// <param name="bytes">The new contents.</param>
    public static DiskResult WritePrivate(string directory, string name, ReadOnlySpan<byte> bytes)
    {
        var unfinished = name + ".new";
        var result = RealDisk.Open(directory, create: false, out var disk);
        IDiskFile? file = null;
        result = result.IsOk ? disk!.Open(unfinished, DiskOpening.Create, out file) : result;
        using (file)
        {
            result = result.IsOk ? file!.WriteAll(0, bytes) : result;
            result = result.IsOk ? file!.Sync() : result;
        }

        result = result.IsOk ? disk!.Rename(unfinished, name) : result;
        return result.IsOk ? RealDisk.SyncOnce(directory) : result;
    }

    private static SafeFileHandle Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path);
        }

        var descriptor = UnixFiles.OpenWithoutWaiting(path);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }
}
