using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MuxChat.Storage.Disks;

/// <summary>The calls that the base library does not have: fdatasync(2), and a directory as a descriptor.</summary>
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

    /// <summary>Syncs contents and length. 0, or the error's number.</summary>
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

    /// <summary>Opens a directory. 0, or the error's number; then there is no handle.</summary>
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

    /// <summary>Syncs a directory's names. 0, or the error's number.</summary>
    public static int SyncDirectory(SafeHandle directory)
    {
        while (Sync(directory) < 0)
        {
            // A call that a signal interrupted has not failed: it has not been carried out.
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                return error;
            }
        }

        return 0;
    }

    /// <summary>
    /// Opens for reading; a pipe that nobody writes to opens at once. The descriptor, or less than 0 and the error is the last of the
    /// thread.
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
