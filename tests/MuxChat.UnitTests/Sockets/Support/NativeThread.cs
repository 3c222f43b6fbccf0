using System.Runtime.InteropServices;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>Sends a signal to one thread: pthread_kill(3). The thread must not have ended.</summary>
internal static class NativeThread
{
    [DllImport("libc", EntryPoint = "pthread_self")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Self();

    [DllImport("libc", EntryPoint = "pthread_kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Kill(nuint thread, int signal);
}
