using System.Runtime.InteropServices;

namespace MuxChat.Sockets.Listening;

/// <summary>
/// Which descriptors the process has, and how many it may open: getrlimit(2), RLIMIT_NOFILE. The runtime has raised the soft limit to the
/// hard one by then.
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

    /// <summary>The limit; <see cref="int.MaxValue"/> where there is none or it cannot be told.</summary>
    public static int Limit()
    {
        if (OperatingSystem.IsWindows())
        {
            return int.MaxValue;
        }

        var resource = OperatingSystem.IsLinux() ? LinuxNoFile : BsdNoFile;
        return GetLimit(resource, out var limits) == 0 && limits.Current < int.MaxValue ? (int)limits.Current : int.MaxValue;
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

    // Linux and macOS list a process's own descriptors there; the one that reads the list is counted too.
    private static int Open() => Directory.GetFileSystemEntries("/dev/fd").Length;

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limits limits);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public nuint Current;
        public nuint Maximum;
    }
}
