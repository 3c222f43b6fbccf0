using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MuxChat.Sockets.Polling;

/// <summary>Calls poll(2) to detect that both sides are closed, which <see cref="Socket.Poll(int, SelectMode)"/> does not report.</summary>
internal static unsafe partial class PollInterop
{
    // The value is the same on Linux, macOS and the BSDs (poll(2), "REVENTS").
    private const short HangUp = 0x010;

    /// <summary>Whether the socket has hung up. False on Windows, where select reports a hang-up as readable.</summary>
    public static bool HasHungUp(Socket socket)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var one = new PollDescriptor { Descriptor = (int)socket.Handle };
        return Poll(&one, 1, 0) > 0 && (one.Returned & HangUp) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Asked;
        public short Returned;
    }
}
