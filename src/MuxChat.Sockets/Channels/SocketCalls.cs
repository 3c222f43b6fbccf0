using System.Runtime.InteropServices;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Channels;

/// <summary>Calls send(2) and recv(2) without blocking, with the constants of Linux's headers.</summary>
/// <remarks>
/// <c>Socket.Send</c> adds about 3% to the cost of the call, for every client in every tick: an atomic reference count, and
/// three objects to read. A non-blocking <c>Socket</c> also holds 224 bytes more, for asynchronous calls that the loop
/// never makes. Here a flag of each call keeps it from blocking.
/// </remarks>
internal static unsafe partial class SocketCalls
{
    // Sending to a closed connection must return an error, not raise a signal.
    private const int NoSignal = 0x4000;
    private const int DoNotWait = 0x40;

    private const int Again = 11;
    private const int Interrupted = 4;

    /// <summary>Whether the constants here are right for this system.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsAndroid();

    /// <summary>Reads the bytes that are available, at most the buffer's length.</summary>
    public static ChannelStatus Receive(int descriptor, Span<byte> buffer, out int received)
    {
        nint count;
        fixed (byte* bytes = buffer)
        {
            count = Receive(descriptor, bytes, (nuint)buffer.Length, DoNotWait);
        }

        received = (int)Math.Max(count, 0);
        return count switch
        {
            > 0 => ChannelStatus.Ok,
            0 => ChannelStatus.EndOfInput,
            _ => StatusOf(Marshal.GetLastSystemError()),
        };
    }

    /// <summary>Writes as many bytes as the kernel accepts without waiting.</summary>
    public static ChannelStatus Send(int descriptor, ReadOnlySpan<byte> buffer, out int sent)
    {
        nint count;
        fixed (byte* bytes = buffer)
        {
            count = Send(descriptor, bytes, (nuint)buffer.Length, NoSignal | DoNotWait);
        }

        sent = (int)Math.Max(count, 0);
        return count >= 0 ? ChannelStatus.Ok : StatusOf(Marshal.GetLastSystemError());
    }

    private static ChannelStatus StatusOf(int error) => error is Again or Interrupted ? ChannelStatus.WouldBlock : ChannelStatus.Broken;

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(int descriptor, byte* buffer, nuint length, int flags);
}
