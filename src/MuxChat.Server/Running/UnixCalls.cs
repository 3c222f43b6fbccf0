using System.Runtime.InteropServices;

namespace MuxChat.Server.Running;

/// <summary>The system calls for child processes, with the constants that Linux and macOS share or that differ between them.</summary>
internal static partial class UnixCalls
{
    public const int Interrupted = 4;
    public const int NoChild = 10;
    public const int KillSignal = 9;
    public const short PollIn = 1;

    /// <summary>Bytes for each opaque structure of posix_spawn(3): more than any C library has.</summary>
    public const int OpaqueBytes = 1024;

    /// <summary>waitid(2): one process, by its number.</summary>
    public const int ByProcess = 1;

    public const int NoHang = 1;
    public const int Exited = 4;

    /// <summary>Bytes of siginfo_t, or more.</summary>
    public const int SignalInfoBytes = 256;

    // POSIX_SPAWN_SETSIGDEF and POSIX_SPAWN_SETSIGMASK.
    private const short ResetSignals = 0x04 | 0x08;
    private const int CloseOnExec = 0x80000;

    /// <summary>waitid(2): leave the child so that it can be waited for again.</summary>
    public static int KeepWaitable => OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;

    /// <summary>
    /// The flags of a new process: a session, and so a group and no terminal, of its own; signals as at a login; on macOS no descriptors
    /// besides those named.
    /// </summary>
    public static short SpawnFlags => OperatingSystem.IsMacOS() ? (short)(0x0400 | 0x4000 | ResetSignals) : (short)(0x80 | ResetSignals);

    /// <summary>Opens a pipe that no other program inherits. Returns 0, or an error number.</summary>
    public static unsafe int Pipe(out int read, out int write)
    {
        var ends = stackalloc int[2];
        var result = OperatingSystem.IsMacOS() ? PlainPipe(ends) : PipeWithFlags(ends, CloseOnExec);
        (read, write) = (ends[0], ends[1]);
        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>
    /// Lets the ends of children be told, even if the server's parent had it ignore SIGCHLD: the system then forgets them at once
    /// (waitpid(2), notes).
    /// </summary>
    public static unsafe void HearOfChildren()
    {
        const nint Ignored = 1;
        var signal = OperatingSystem.IsMacOS() ? 20 : 17;
        var action = stackalloc byte[OpaqueBytes];
        if (QueryAction(signal, null, action) == 0 && *(nint*)action == Ignored)
        {
            SetHandler(signal, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    public static unsafe partial int Spawn(
        out int process, byte* path, byte* actions, byte* attributes, byte** arguments, byte** variables);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static unsafe partial int InitActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static unsafe partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static unsafe partial int AddDuplicate(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    public static unsafe partial int AddOpen(byte* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static unsafe partial int AddDirectory(byte* actions, byte* path);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static unsafe partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static unsafe partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static unsafe partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static unsafe partial int SetDefaultSignals(byte* attributes, byte* set);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static unsafe partial int SetSignalMask(byte* attributes, byte* set);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    public static unsafe partial int FillSet(byte* set);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    public static unsafe partial int EmptySet(byte* set);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    public static unsafe partial int WaitId(int kind, int process, byte* info, int options);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitProcess(int process, out int status, int options);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static unsafe partial int QueryAction(int signal, byte* action, byte* old);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static unsafe partial int PipeWithFlags(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "pipe", SetLastError = true)]
    private static unsafe partial int PlainPipe(int* ends);

    /// <summary>One descriptor of poll(2).</summary>
    /// <param name="Descriptor">The descriptor; a negative one is passed over.</param>
    /// <param name="Wanted">The conditions to wait for.</param>
    /// <param name="Found">The conditions that hold.</param>
    [StructLayout(LayoutKind.Sequential)]
    internal record struct PollEntry(int Descriptor, short Wanted, short Found);
}
