using System.Runtime.InteropServices;

namespace MuxChat.Sockets.Listening;

/// <summary>
/// Which descriptors the process has, and how many it may open: getrlimit(2), RLIMIT_NOFILE.
/// </summary>
public static partial class Descriptors
{
    /// <summary>
    /// Descriptors kept back for what is opened while serving and is not a client: files, assemblies, and a pipe for each thread
    /// that the runtime starts (for compiling hot methods, for a signal). Without one for such a thread the runtime does not report
    /// an error, it ends the process.
    /// </summary>
    public const int Reserved = 32;

    private const int LinuxNoFile = 7;
    private const int BsdNoFile = 8;
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>The most that macOS takes for a soft limit, even when the hard limit is higher: OPEN_MAX of setrlimit(2).</summary>
    private const nuint MacOSMax = 10_240;

    /// <summary>
    /// Raises the soft limit to the hard one. The just-in-time runtime has done it before the program starts; a native executable has not.
    /// A system that refuses keeps the limit that it has.
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

    /// <summary>The limit; <see cref="int.MaxValue"/> where there is none or it cannot be told.</summary>
    public static int Limit()
    {
        if (OperatingSystem.IsWindows())
        {
            return int.MaxValue;
        }

        return GetLimit(Resource, out var limits) == 0 && limits.Current < int.MaxValue ? (int)limits.Current : int.MaxValue;
    }

    /// <summary>
    /// How many clients may still connect: the limit, less what is open now, less <see cref="Reserved"/>. Zero or negative: none.
    /// </summary>
    public static int LeftForClients()
    {
        var left = Left();
        return left == int.MaxValue ? left : left - Reserved;
    }

    /// <summary>How many may still be opened: the limit, less what is open now.</summary>
    public static int Left()
    {
        var limit = Limit();
        return limit == int.MaxValue ? limit : limit - Open();
    }

    /// <summary>
    /// Whether the process was started with this descriptor open. One that was not is taken by whatever the runtime opens first, which is
    /// closed on exec(2) as nothing inherited can be: fcntl(2), FD_CLOEXEC.
    /// </summary>
    public static bool IsInherited(int descriptor) => OperatingSystem.IsWindows()
        || Control(descriptor, GetDescriptorFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    private static int Resource => OperatingSystem.IsLinux() ? LinuxNoFile : BsdNoFile;

    // Linux and macOS list a process's own descriptors there; the one that reads the list is counted too.
    private static int Open() => Directory.GetFileSystemEntries("/dev/fd").Length;

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limits limits);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limits limits);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public nuint Current;
        public nuint Maximum;
    }
}
