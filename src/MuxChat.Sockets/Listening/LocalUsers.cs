using System.Net.Sockets;
using System.Runtime.InteropServices;
using MuxChat.Core.Delivery;

namespace MuxChat.Sockets.Listening;

/// <summary>Tells the user behind each connection of a Unix socket. Used by one thread.</summary>
/// <param name="operators">The numbers of the users that are server operators.</param>
public sealed class LocalUsers(IReadOnlySet<uint> operators)
{
    // socket(7) and unix(7): SOL_SOCKET, SO_PEERCRED, on Linux.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    private readonly Dictionary<uint, string> _names = [];

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

        return new LocalUser(NameOf(found[0].UserId), found[0].UserId, found[0].ProcessId, operators.Contains(found[0].UserId));
    }

    // A user that was added since is found too, because only a known name is kept.
    private string NameOf(uint id)
    {
        if (_names.TryGetValue(id, out var name))
        {
            return name;
        }

        if (Accounts.FindUserName(id) is not { } found)
        {
            return $"uid-{id}";
        }

        _names[id] = found;
        return found;
    }

    // struct ucred of unix(7).
    [StructLayout(LayoutKind.Sequential)]
    private struct Credentials
    {
        public int ProcessId;
        public uint UserId;
        public uint GroupId;
    }
}
