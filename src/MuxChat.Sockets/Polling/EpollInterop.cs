using System.Runtime.InteropServices;

namespace MuxChat.Sockets.Polling;

/// <summary>
/// The system calls of epoll(7), with the constants of Linux's headers. The event structure is
/// packed on x86-64 only (epoll_ctl(2), sys/epoll.h).
/// </summary>
internal static partial class EpollInterop
{
    public const int CloseOnExec = 0x80000;
    public const int ControlAdd = 1;
    public const int ControlDelete = 2;
    public const int ControlModify = 3;
    public const uint In = 0x001;
    public const uint Out = 0x004;
    public const uint Err = 0x008;
    public const uint Hup = 0x010;
    public const int Interrupted = 4;

    /// <summary>Size of one event on this processor, in bytes.</summary>
    public static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Offset of the event's 64 bits of data, in bytes.</summary>
    public static readonly int DataOffset = EventBytes - sizeof(ulong);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static unsafe partial int Control(int epoll, int operation, int descriptor, byte* epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int Wait(int epoll, byte* events, int maxEvents, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
