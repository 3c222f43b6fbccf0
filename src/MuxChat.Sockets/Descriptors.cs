using System.Runtime.InteropServices;

namespace MuxChat.Sockets;

/// <summary>How many descriptors the process may open: getrlimit(2), RLIMIT_NOFILE. The runtime has raised the soft limit to the hard one by then.</summary>
public static partial class Descriptors
{
    /// <summary>Descriptors kept back for everything that is not a client: listeners, logs, files, assemblies.</summary>
    public const int Reserved = 32;

    private const int LinuxNoFile = 7;
    private const int BsdNoFile = 8;

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

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public nuint Current;
        public nuint Maximum;
    }
}
