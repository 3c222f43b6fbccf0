using System.Runtime.InteropServices;

namespace MuxChat.Storage.Disks;

/// <summary>Converts errors of the system to <see cref="DiskResult"/>.</summary>
internal static class DiskErrors
{
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Whether .NET throws the exception for an error of the disk.</summary>
    public static bool IsDiskError(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Returns the result for an exception of .NET, whose HResult is errno on Unix.</summary>
    public static DiskResult From(Exception exception) =>
        new(IsFull(exception.HResult) ? DiskStatus.Full : DiskStatus.Failed, exception.Message);

    /// <summary>Returns the result for an exception from opening a file.</summary>
    public static DiskResult FromOpening(Exception exception) => exception switch
    {
        FileNotFoundException => DiskResult.Missing,
        DirectoryNotFoundException => DiskResult.Failed("the directory is gone"),
        _ when From(exception) is { Status: DiskStatus.Failed } failed => failed with { Status = DiskStatus.NotOpened },
        _ => From(exception),
    };

    /// <summary>Returns the result for an errno; 0 means success.</summary>
    public static DiskResult From(int error) => error == 0
        ? DiskResult.Done
        : new(IsFull(error) ? DiskStatus.Full : DiskStatus.Failed, Marshal.GetPInvokeErrorMessage(error));

    /// <summary>Whether the exception says that another process holds the file.</summary>
    public static bool IsInUse(IOException exception) =>
        exception.HResult == (OperatingSystem.IsWindows() ? WindowsSharingViolation : UnixFiles.WouldBlock);

    private static bool IsFull(int code) => OperatingSystem.IsWindows()
        ? code is WindowsDiskFull or WindowsHandleDiskFull
        : code == UnixFiles.NoSpace || code == UnixFiles.QuotaExceeded;
}
