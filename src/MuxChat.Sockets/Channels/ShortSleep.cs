using System.Runtime.InteropServices;

namespace MuxChat.Sockets.Channels;

/// <summary>Calls nanosleep(2), for less than the millisecond of <see cref="Thread.Sleep(int)"/>. Does nothing on Windows.</summary>
internal static unsafe partial class ShortSleep
{
    private const int NanosecondsPerMicrosecond = 1000;
    private const int MicrosecondsPerSecond = 1_000_000;

    /// <summary>
    /// Sleeps for a number of microseconds. A signal may end the sleep early, and the system adds about 50 µs (timer slack, prctl(2)).
    /// </summary>
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
