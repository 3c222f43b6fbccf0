using System.Runtime.InteropServices;

namespace MuxChat.Storage.Disks;

/// <summary>What the system's errors mean to the journal.</summary>
internal static class DiskErrors
{
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Whether the call threw one of the exceptions by which the base library says that the disk did not do it.</summary>
    public static bool IsDiskError(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The result for an exception of the base library. On Unix its HResult is errno.</summary>
    public static DiskResult From(Exception exception) => new(IsFull(exception.HResult) ? DiskStatus.Full : DiskStatus.Failed, exception.Message);

    /// <summary>The result for an exception of the call that opens a file.</summary>
    public static DiskResult FromOpening(Exception exception) => exception switch
    {
        FileNotFoundException => DiskResult.Missing,
        DirectoryNotFoundException => DiskResult.Failed("the directory is gone"),
        _ when From(exception) is { Status: DiskStatus.Failed } failed => failed with { Status = DiskStatus.NotOpened },
        _ => From(exception),
    };

    /// <summary>The result for errno; 0 is none.</summary>
    public static DiskResult From(int error) => error == 0
        ? DiskResult.Done
        : new(IsFull(error) ? DiskStatus.Full : DiskStatus.Failed, Marshal.GetPInvokeErrorMessage(error));

    /// <summary>Whether the exception says that somebody else holds the file.</summary>
    public static bool IsInUse(IOException exception) =>
        exception.HResult == (OperatingSystem.IsWindows() ? WindowsSharingViolation : UnixFiles.WouldBlock);

    private static bool IsFull(int code) => OperatingSystem.IsWindows()
        ? code is WindowsDiskFull or WindowsHandleDiskFull
        : code == UnixFiles.NoSpace || code == UnixFiles.QuotaExceeded;
}
