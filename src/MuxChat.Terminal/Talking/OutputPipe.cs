using System.Runtime.InteropServices;

namespace MuxChat.Terminal.Talking;

/// <summary>Whether anything still reads what this process writes.</summary>
internal static partial class OutputPipe
{
    private const int Output = 1;

    // poll(2) tells both unasked. A pipe without a reader has an error, and on some systems a hang-up.
    private const short ErrorOrHangUp = 0x18;

    /// <summary>Whether standard output is a pipe that nothing reads any more. The runtime drops in silence what goes there.</summary>
    public static bool HasNoReader()
    {
        var output = new PollEntry { Descriptor = Output };
        return !OperatingSystem.IsWindows() && Poll(ref output, 1, 0) > 0 && (output.Found & ErrorOrHangUp) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nuint count, int timeoutMs);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
