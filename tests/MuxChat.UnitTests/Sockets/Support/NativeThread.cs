using System.Globalization;
using System.Runtime.InteropServices;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>A thread as the system sees it. Linux only.</summary>
internal static class NativeThread
{
    [DllImport("libc", EntryPoint = "pthread_self")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Self();

    /// <summary>Sends a signal to one thread: pthread_kill(3). The thread must not have ended.</summary>
    [DllImport("libc", EntryPoint = "pthread_kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Kill(nuint thread, int signal);

    /// <summary>
    /// How often this thread has given up the processor to wait for something: proc_pid_status(5), voluntary_ctxt_switches.
    /// </summary>
    public static long TimesSlept()
    {
        const string name = "voluntary_ctxt_switches:";
        var line = File.ReadLines("/proc/thread-self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
