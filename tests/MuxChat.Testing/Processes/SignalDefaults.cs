using System.Runtime.InteropServices;

namespace MuxChat.Testing.Processes;

/// <summary>
/// A shell without job control starts what it puts into the background with SIGINT and SIGQUIT ignored (POSIX, Shell Command Language,
/// 2.11), nohup(1) does the same with SIGHUP, and both are inherited: by the test runner, and by every server that it starts. Tests that
/// send such a signal need the default.
/// </summary>
internal static partial class SignalDefaults
{
    private const nint Default = 0;
    private const nint Ignored = 1;

    // More than a struct sigaction is anywhere; its handler is its first field on Linux and on macOS.
    private const int SigactionBytes = 256;

    private static readonly int[] Signals = [1, 2, 3, 15];

    private static readonly Lazy<bool> Restored = new(RestoreOnce);

    /// <summary>Signals that are ignored are not ignored any more. Those that have a handler keep it.</summary>
    public static void Restore() => _ = Restored.Value;

    private static bool RestoreOnce()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        Span<byte> action = stackalloc byte[SigactionBytes];
        foreach (var signal in Signals)
        {
            action.Clear();
            if (GetAction(signal, 0, ref MemoryMarshal.GetReference(action)) == 0 && MemoryMarshal.Read<nint>(action) == Ignored)
            {
                SetHandler(signal, Default);
            }
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int GetAction(int signal, nint newAction, ref byte oldAction);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
