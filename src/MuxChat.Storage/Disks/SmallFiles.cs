using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MuxChat.Storage.Disks;

/// <summary>
/// Reads files that an admin names, whatever they turn out to be, and writes those that are the server's own. Nothing in it waits for
/// another process.
/// </summary>
public static class SmallFiles
{
    /// <summary>Reads a file up to a number of bytes; what comes after them is left.</summary>
    /// <param name="path">The file.</param>
    /// <param name="max">The most bytes that are read.</param>
    /// <exception cref="IOException">It cannot be read, or is a pipe or a terminal: what comes from those has no end and may never
    /// come.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
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

    /// <summary>Writes a file that this user alone may read: durably, and whole or not at all.</summary>
    /// <param name="directory">Its directory, which exists.</param>
    /// <param name="name">Its name; that with <c>.new</c> added is used on the way.</param>
    /// <param name="bytes">What it is to hold.</param>
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
