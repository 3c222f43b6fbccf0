using System.Runtime.InteropServices;

namespace MuxChat.Sockets.Channels;

/// <summary>
/// nanosleep(2): sleeping for less than the millisecond that <see cref="Thread.Sleep(int)"/> counts in. Does nothing on Windows.
/// </summary>
internal static unsafe partial class ShortSleep
{
    private const int NanosecondsPerMicrosecond = 1000;
    private const int MicrosecondsPerSecond = 1_000_000;

    /// <summary>Sleeps; a signal may cut it short, and the system adds some 50 µs (timer slack, prctl(2)).</summary>
    public static void Sleep(int microseconds)
    {
        if (!OperatingSystem.IsWindows())
        {
            var time = new TimeSpec
            {
                Seconds = microseconds / MicrosecondsPerSecond,
                Nanoseconds = microseconds % MicrosecondsPerSecond * NanosecondsPerMicrosecond,
            };
            _ = NanoSleep(&time, null);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(TimeSpec* time, TimeSpec* left);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
