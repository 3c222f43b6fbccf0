using System.Runtime.InteropServices;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Channels;

/// <summary>
/// send(2) and recv(2) that never block, as in Linux's headers. What <c>Socket.Send</c> does around them (a reference counted up and down
/// atomically, three objects looked at) costs some 3% of the call itself, for every client in every tick; and a <c>Socket</c> that was made
/// non-blocking holds 224 bytes more, for asynchronous calls that are never made: here each call says for itself that it does not wait.
/// </summary>
internal static unsafe partial class SocketCalls
{
    // A peer that is gone is an error to look at, not a signal.
    private const int NoSignal = 0x4000;
    private const int DoNotWait = 0x40;

    private const int Again = 11;
    private const int Interrupted = 4;

    /// <summary>Whether the calls are known to be as they are here.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsAndroid();

    /// <summary>Reads what is there, at most the buffer's length.</summary>
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

    /// <summary>Writes as much as can be taken at once.</summary>
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
