using System.Net;
using System.Net.Sockets;

namespace MuxChat.EndToEndTests.Support;

/// <summary>What this machine has, for tests that need it.</summary>
internal static class Machine
{
    private static readonly Lazy<bool> IPv6 = new(static () =>
    {
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    public static bool HasIPv6 => Socket.OSSupportsIPv6 && IPv6.Value;

    /// <summary>
    /// The nick of a guest who connects over a Unix socket as the user of the tests: the user's name, and <c>-</c> for what no nick holds.
    /// </summary>
    public static string UserNick { get; } = NickOf(Environment.UserName);

    private static string NickOf(string name)
    {
        var nick = string.Concat(name.Take(18).Select(one => char.IsAsciiLetterOrDigit(one) || "-_[]\\`{}^|".Contains(one) ? one : '-'));
        return nick.Length > 0 && (char.IsAsciiDigit(nick[0]) || nick[0] == '-') ? "u-" + nick : nick;
    }
}
