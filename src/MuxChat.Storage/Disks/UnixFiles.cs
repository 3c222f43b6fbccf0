using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MuxChat.Storage.Disks;

/// <summary>System calls that .NET lacks: fdatasync(2), opening a directory, and opening a file without blocking.</summary>
internal static partial class UnixFiles
{
    public const int NoSpace = 28;
    private const int Interrupted = 4;
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnBsd = 35;
    private const int QuotaExceededOnLinux = 122;
    private const int QuotaExceededOnBsd = 69;
    private const int CloseOnExecOnLinux = 0x80000;
    private const int CloseOnExecOnBsd = 0x1000000;
    private const int NonBlockOnLinux = 0x800;
    private const int NonBlockOnBsd = 4;

    /// <summary>EDQUOT on this system.</summary>
    public static int QuotaExceeded => OperatingSystem.IsLinux() ? QuotaExceededOnLinux : QuotaExceededOnBsd;

    /// <summary>EWOULDBLOCK on this system.</summary>
    public static int WouldBlock => OperatingSystem.IsLinux() ? WouldBlockOnLinux : WouldBlockOnBsd;

    /// <summary>Syncs contents and length. Returns 0 or errno.</summary>
    public static int SyncData(SafeHandle file)
    {
        while (DataSync(file) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                return error;
            }
        }

        return 0;
    }

    /// <summary>Opens a directory. Returns 0, or errno without a handle.</summary>
    public static int OpenDirectory(string path, out SafeFileHandle? directory)
    {
        directory = null;
        var descriptor = OpenPath(path, OperatingSystem.IsLinux() ? CloseOnExecOnLinux : 0);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        directory = new SafeFileHandle(descriptor, ownsHandle: true);
        return 0;
    }

    /// <summary>Syncs a directory's names. Returns 0 or errno.</summary>
    public static int SyncDirectory(SafeHandle directory)
    {
        while (Sync(directory) < 0)
        {
            // A call that a signal interrupted has done nothing, so call again.
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                return error;
            }
        }

        return 0;
    }

    /// <summary>
    /// Opens a file for reading; a pipe without a writer does not block. Returns the descriptor, or a
    /// negative number with the error in the thread's last error.
    /// </summary>
    public static int OpenWithoutWaiting(string path) =>
        OpenPath(path, OperatingSystem.IsLinux() ? CloseOnExecOnLinux | NonBlockOnLinux : CloseOnExecOnBsd | NonBlockOnBsd);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeHandle directory);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenPath(string path, int flags);
}
