using System.Net.Sockets;
using System.Runtime.InteropServices;
using MuxChat.Core.Delivery;

namespace MuxChat.Sockets.Listening;

/// <summary>Tells the user behind each connection of a Unix socket. Used by one thread.</summary>
/// <remarks>The names are read at the start, and again only when their file has changed.</remarks>
public sealed class LocalUsers
{
    // socket(7) and unix(7): SOL_SOCKET, SO_PEERCRED, on Linux.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    private readonly IReadOnlySet<uint> _operators;
    private readonly string _passwordFile;
    private Dictionary<uint, string> _names = [];

    // When the file was changed whose names these are.
    private DateTime _changedAt;

    /// <summary>Reads the names of all users.</summary>
    /// <param name="operators">The numbers of the users that are server operators.</param>
    public LocalUsers(IReadOnlySet<uint> operators)
        : this(operators, Accounts.PasswordFile)
    {
    }

    internal LocalUsers(IReadOnlySet<uint> operators, string passwordFile)
    {
        (_operators, _passwordFile) = (operators, passwordFile);
        ReadNamesIfChanged();
    }

    /// <summary>Returns the user; null if the system does not tell it, or if the socket is no Unix socket.</summary>
    public LocalUser? Of(Socket socket)
    {
        if (socket.AddressFamily != AddressFamily.Unix || !OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<Credentials> found = stackalloc Credentials[1];
        try
        {
            socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(found));
        }
        catch (SocketException)
        {
            // The peer is unknown, like the address of one that is gone.
            return null;
        }

        ReadNamesIfChanged();
        return new LocalUser(NameOf(found[0].UserId), found[0].UserId, found[0].ProcessId, _operators.Contains(found[0].UserId));
    }

    // If the file cannot be read now, as without descriptors, the old names stay, and the next connection tries again.
    private void ReadNamesIfChanged()
    {
        var changedAt = File.GetLastWriteTimeUtc(_passwordFile);
        if (changedAt != _changedAt && Accounts.ReadUserNames(_passwordFile) is { Count: > 0 } names)
        {
            (_names, _changedAt) = (names, changedAt);
        }
    }

    private string NameOf(uint id) => _names.GetValueOrDefault(id) ?? $"uid-{id}";

    // struct ucred of unix(7).
    [StructLayout(LayoutKind.Sequential)]
    private struct Credentials
    {
        public int ProcessId;
        public uint UserId;
        public uint GroupId;
    }
}
