using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MuxChat.Sockets.Listening;

/// <summary>The process's descriptors, and the limit on them: getrlimit(2), RLIMIT_NOFILE.</summary>
public static partial class Descriptors
{
    /// <summary>
    /// Descriptors reserved for uses other than clients: 32. They serve files, assemblies, and a pipe for each thread that the runtime
    /// starts (to compile hot methods, for a signal). If such a thread gets no descriptor, the runtime ends the process without an error.
    /// </summary>
    public const int Reserved = 32;

    private const int LinuxNoFile = 7;
    private const int BsdNoFile = 8;
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    // The structure of statx(2) is the same on every processor: the size is after five numbers of 32 and three of 64 bits.
    private const int CurrentDirectory = -100;
    private const uint SizeWanted = 0x200;
    private const int StatusBytes = 256;
    private const int SizeAt = 40;

    /// <summary>The highest soft limit that macOS accepts, even below the hard limit: OPEN_MAX of setrlimit(2).</summary>
    private const nuint MacOSMax = 10_240;

    /// <summary>
    /// Raises the soft limit to the hard limit. The JIT runtime does so before the program starts, but a native
    /// executable does not. If the system refuses, the limit stays.
    /// </summary>
    public static void RaiseLimit()
    {
        if (OperatingSystem.IsWindows() || GetLimit(Resource, out var limits) != 0)
        {
            return;
        }

        var highest = OperatingSystem.IsMacOS() ? nuint.Min(limits.Maximum, MacOSMax) : limits.Maximum;
        if (limits.Current < highest)
        {
            limits.Current = highest;
            _ = SetLimit(Resource, in limits);
        }
    }

    /// <summary>Returns the limit; <see cref="int.MaxValue"/> if there is none or it is unknown.</summary>
    public static int Limit()
    {
        if (OperatingSystem.IsWindows())
        {
            return int.MaxValue;
        }

        return GetLimit(Resource, out var limits) == 0 && limits.Current < int.MaxValue ? (int)limits.Current : int.MaxValue;
    }

    /// <summary>
    /// Returns how many more clients can connect: the limit minus open descriptors minus
    /// <see cref="Reserved"/>. Zero or negative means none.
    /// </summary>
    public static int LeftForClients()
    {
        var left = Left();
        return left == int.MaxValue ? left : left - Reserved;
    }

    /// <summary>Returns how many more descriptors can be opened: the limit minus those open.</summary>
    public static int Left()
    {
        var limit = Limit();
        return limit == int.MaxValue ? limit : limit - Open();
    }

    /// <summary>
    /// Returns how many descriptors are open, without listing them where the system knows their number (Linux 6.2: the size of
    /// <c>/proc/self/fd</c>, see proc_pid_fd(5)).
    /// </summary>
    public static int CountOpen()
    {
        if (OperatingSystem.IsWindows())
        {
            return 0;
        }

        var status = new byte[StatusBytes];
        return OperatingSystem.IsLinux() && GetStatus(CurrentDirectory, "/proc/self/fd", 0, SizeWanted, status) == 0
            && BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(SizeAt)) is > 0 and var size ? (int)size : Open();
    }

    /// <summary>
    /// Whether the process inherited this descriptor. The runtime may since have opened another file under a number that was not inherited.
    /// Such a file is marked close-on-exec, which an inherited descriptor cannot be (fcntl(2), FD_CLOEXEC).
    /// </summary>
    public static bool IsInherited(int descriptor) => OperatingSystem.IsWindows()
        || Control(descriptor, GetDescriptorFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    private static int Resource => OperatingSystem.IsLinux() ? LinuxNoFile : BsdNoFile;

    // Linux and macOS list a process's descriptors in this directory, including the descriptor that reads the list.
    private static int Open() => Directory.GetFileSystemEntries("/dev/fd").Length;

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limits limits);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limits limits);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(int directory, string path, int flags, uint mask, byte[] status);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public nuint Current;
        public nuint Maximum;
    }
}
