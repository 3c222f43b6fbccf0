using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace MuxChat.Sockets.Listening;

/// <summary>Opens listening Unix sockets: unix(7).</summary>
public static partial class UnixListeners
{
    /// <summary>The longest path in bytes: 107, because <c>sun_path</c> has 108 with the NUL at its end.</summary>
    public const int MaxPathBytes = 107;

    private const int StatNotFollowingLinks = 0x100;
    private const int StatCurrentDirectory = -100;
    private const uint StatType = 1;
    private const int TypeMask = 0xF000;
    private const int TypeSocket = 0xC000;
    private const uint SameOwner = uint.MaxValue;

    /// <summary>
    /// Opens a socket, binds it to a path and listens. A socket file that no process listens on is removed first. The
    /// file is removed when the socket is disposed.
    /// </summary>
    /// <remarks>Mode and group are set before the socket listens, so that no client can connect before they apply.</remarks>
    /// <param name="path">The path, of at most <see cref="MaxPathBytes"/>.</param>
    /// <param name="mode">The permissions of the file. Connecting needs write permission.</param>
    /// <param name="group">The number of the file's group; null for the process's.</param>
    /// <exception cref="IOException">The path is in use, the file there is no socket, or the system refused. The message says it.
    /// </exception>
    public static Socket Open(string path, UnixFileMode mode, uint? group)
    {
        if (Encoding.UTF8.GetByteCount(path) is > MaxPathBytes and var bytes)
        {
            throw new IOException($"the path has {bytes} bytes: a Unix socket's has at most {MaxPathBytes}");
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            Bind(socket, path);
            if (!OperatingSystem.IsWindows())
            {
                SetOwner(path, group);
                File.SetUnixFileMode(path, mode);
            }

            socket.Listen(Listeners.Backlog);
            return socket;
        }
        catch (Exception error) when (error is SocketException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new IOException(error.Message, error);
        }
        catch (IOException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Bind(Socket socket, string path)
    {
        var endPoint = new UnixDomainSocketEndPoint(path);
        try
        {
            socket.Bind(endPoint);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            RemoveStale(path);
            socket.Bind(endPoint);
        }
    }

    // Connecting tells whether a process listens: the kernel refuses if none does. It also refuses for a file that is no socket.
    private static void RemoveStale(string path)
    {
        if (!IsSocket(path))
        {
            throw new IOException("a file that is no socket is there: it was left alone");
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }

        throw new IOException("another server listens there: stop it or choose another path");
    }

    private static void SetOwner(string path, uint? group)
    {
        if (group is { } number && ChangeOwner(path, SameOwner, number) != 0)
        {
            throw new IOException($"its group cannot be set to {number}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    // Only Linux's statx(2) has a layout that is the same for all processors. Elsewhere no file is taken for a stale socket.
    private static unsafe bool IsSocket(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        FileStatus status;
        return StatX(StatCurrentDirectory, path, StatNotFollowingLinks, StatType, &status) == 0 && (status.Mode & TypeMask) == TypeSocket;
    }

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeOwner(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatX(int directory, string path, int flags, uint mask, FileStatus* status);

    // struct statx of statx(2): 256 bytes, of which only the mode is read.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
