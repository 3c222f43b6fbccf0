using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MuxChat.Sockets.Listening;

/// <summary>A listening Unix socket with its file: unix(7). Disposing it closes the socket and removes the file.</summary>
/// <remarks>
/// On Linux the socket listens under another name before its file gets the path. A file that refuses connections is therefore never one of
/// a server that is just starting. The file is removed only if it is still the one that was made here.
/// </remarks>
public sealed partial class UnixListener : IDisposable
{
    private const string InUse = "another server listens there: stop it or choose another path";
    private const string TemporaryLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int MinTemporaryLetters = 4;
    private const int StatNotFollowingLinks = 0x100;
    private const int StatCurrentDirectory = -100;
    private const uint StatTypeAndInode = 0x101;
    private const int TypeMask = 0xF000;
    private const int TypeSocket = 0xC000;
    private const uint SameOwner = uint.MaxValue;
    private const int AllPermissions = 0x1FF;

    private readonly string _path;
    private readonly FileIdentity? _file;

    private UnixListener(Socket socket, string path, FileIdentity? file) => (Socket, _path, _file) = (socket, path, file);

    /// <summary>
    /// The longest path in bytes: 107 on Linux and 103 elsewhere, because <c>sun_path</c> has 108 or 104 with the NUL at its end.
    /// </summary>
    public static int MaxPathBytes => OperatingSystem.IsLinux() ? 107 : 103;

    /// <summary>The socket. Its owner may dispose it before the listener.</summary>
    public Socket Socket { get; }

    /// <summary>
    /// Opens a socket, binds it to a path and listens. On Linux, a socket file that no process listens on is removed first.
    /// </summary>
    /// <param name="path">The path, of at most <see cref="MaxPathBytes"/>.</param>
    /// <param name="mode">The permissions of the file. Connecting needs write permission.</param>
    /// <param name="group">The number of the file's group; null for the process's.</param>
    /// <exception cref="IOException">The path is in use, the file there is no socket, or the system refused. The message says it.
    /// </exception>
    public static UnixListener Open(string path, UnixFileMode mode, uint? group)
    {
        if (Encoding.UTF8.GetByteCount(path) is var bytes && bytes > MaxPathBytes)
        {
            throw new IOException($"the path has {bytes} bytes: a Unix socket's has at most {MaxPathBytes}");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new IOException($"there is no directory {Path.GetDirectoryName(path)}");
        }

        Socket? socket = null;
        try
        {
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            return OperatingSystem.IsLinux() ? OpenUnderAnotherName(socket, path, mode, group) : OpenAt(socket, path, mode, group);
        }
        catch (Exception error) when (error is SocketException or UnauthorizedAccessException)
        {
            socket?.Dispose();
            throw new IOException(error.Message, error);
        }
        catch (IOException)
        {
            socket?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Socket.Dispose();
        if (_file is { } file && IdentityOf(_path) == file)
        {
            File.Delete(_path);
        }
    }

    // The socket is bound, gets its group and listens under a name that no client knows. Then its file is linked to the path.
    private static UnixListener OpenUnderAnotherName(Socket socket, string path, UnixFileMode mode, uint? group)
    {
        var temporary = TemporaryName(path);
        BindWithMode(socket, temporary, mode);
        try
        {
            SetGroup(temporary, group);
            socket.Listen(Listeners.Backlog);
            if (Link(temporary, path) != 0)
            {
                RemoveStale(path);
                Check(Link(temporary, path), "its file cannot be made");
            }

            return new UnixListener(socket, path, IdentityOf(path));
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // .NET removes the file when the socket is disposed.
    private static UnixListener OpenAt(Socket socket, string path, UnixFileMode mode, uint? group)
    {
        if (File.Exists(path))
        {
            throw new IOException("a file is there: remove it if no server uses it");
        }

        socket.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
        {
            SetGroup(path, group);
            File.SetUnixFileMode(path, mode);
        }

        socket.Listen(Listeners.Backlog);
        return new UnixListener(socket, path, file: null);
    }

    // As long as the last part of the path, so that a path that fits has another name that fits.
    private static string TemporaryName(string path)
    {
        var length = Math.Max(MinTemporaryLetters, Encoding.UTF8.GetByteCount(Path.GetFileName(path)) - 1);
        return Path.Combine(Path.GetDirectoryName(path)!, "." + RandomNumberGenerator.GetString(TemporaryLetters, length));
    }

    // By the mask, because a change of the mode after the bind would follow a link that was put there. The server has one thread yet.
    private static void BindWithMode(Socket socket, string path, UnixFileMode mode)
    {
        var before = SetMask(~(uint)mode & AllPermissions);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
        }
        finally
        {
            _ = SetMask(before);
        }
    }

    // Connecting tells whether a process listens: the kernel refuses if none does. It also refuses for a file that is no socket.
    private static void RemoveStale(string path)
    {
        var file = IdentityOf(path) ?? throw new IOException("a file that is no socket is there: it was left alone");
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused && IdentityOf(path) == file)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new IOException("a socket is there that this user may not connect to: it was left alone");
        }
        catch (SocketException error)
        {
            // Its queue may be full.
            throw new IOException(InUse, error);
        }

        throw new IOException(InUse);
    }

    private static void SetGroup(string path, uint? group)
    {
        if (group is { } number)
        {
            Check(ChangeOwner(path, SameOwner, number), $"its group cannot be set to {number}");
        }
    }

    private static void Check(int result, string failure)
    {
        if (result != 0)
        {
            throw new IOException($"{failure}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    // Null if there is no socket. Only Linux's statx(2) has a layout that is the same for all processors.
    private static unsafe FileIdentity? IdentityOf(string path)
    {
        FileStatus status;
        return StatX(StatCurrentDirectory, path, StatNotFollowingLinks, StatTypeAndInode, &status) == 0
            && (status.Mode & TypeMask) == TypeSocket
            ? new FileIdentity(status.Inode, status.DeviceMajor, status.DeviceMinor)
            : null;
    }

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeOwner(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatX(int directory, string path, int flags, uint mask, FileStatus* status);

    private readonly record struct FileIdentity(ulong Inode, uint DeviceMajor, uint DeviceMinor);

    // struct statx of statx(2): 256 bytes, of which these are read.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
