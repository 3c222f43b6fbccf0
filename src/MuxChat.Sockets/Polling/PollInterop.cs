using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MuxChat.Sockets.Polling;

/// <summary>
/// The one question that <see cref="Socket.Poll(int, SelectMode)"/> cannot ask of poll(2): whether both sides are closed.
/// </summary>
internal static unsafe partial class PollInterop
{
    // The same on Linux, macOS and the BSDs (poll(2), "REVENTS").
    private const short HangUp = 0x010;

    /// <summary>Whether the socket has hung up. False on Windows, where select tells of it in the list for reading.</summary>
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
