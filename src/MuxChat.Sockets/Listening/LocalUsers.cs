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

    // The names as the file had them when it was last read.
    private Dictionary<uint, string> _names = [];
    private DateTime _changedAt;

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

        ReadNamesAgainIfChanged();
        return new LocalUser(NameOf(found[0].UserId), found[0].UserId, found[0].ProcessId, operators.Contains(found[0].UserId));
    }

    // The file is read only when it has changed, so that the event loop does not read a file for each connection.
    private void ReadNamesAgainIfChanged()
    {
        var changedAt = File.GetLastWriteTimeUtc(Accounts.PasswordFile);
        if (changedAt != _changedAt)
        {
            _changedAt = changedAt;
            _names = Accounts.ReadUserNames();
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
