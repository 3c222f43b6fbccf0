using System.Globalization;
using System.Net;

namespace MuxChat.Terminal.Connection;

/// <summary>The address of a server: a host and a TCP port.</summary>
/// <param name="Host">A name or an IP address, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record ServerAddress(string Host, int Port)
{
    /// <summary>The port of a server that was started without <c>--listen</c>.</summary>
    public const int DefaultPort = 7070;

    /// <summary>The address of such a server on the same machine.</summary>
    public static ServerAddress Default { get; } = new("127.0.0.1", DefaultPort);

    /// <summary>The form in words, for an error message.</summary>
    public const string Form = "an address is HOST:PORT, such as 127.0.0.1:7070, chat.example or [::1]:7070";

    /// <summary>Reads <c>HOST</c>, <c>HOST:PORT</c>, <c>[IPV6]</c> or <c>[IPV6]:PORT</c>; false if it is none of them.</summary>
    public static bool TryParse(string given, out ServerAddress address)
    {
        address = Default;
        var isBracketed = given.StartsWith('[');
        var end = isBracketed ? given.IndexOf(']', StringComparison.Ordinal) + 1 : given.IndexOf(':', StringComparison.Ordinal);
        if (isBracketed && end == 0)
        {
            return false;
        }

        var host = end < 0 ? given : given[..end];
        var rest = end < 0 ? "" : given[end..];
        host = isBracketed ? host[1..^1] : host;
        var port = DefaultPort;
        if (rest.Length > 0 && (rest[0] != ':' || !TryReadPort(rest[1..], out port)))
        {
            return false;
        }

        if (isBracketed ? !IPAddress.TryParse(host, out _) : Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return false;
        }

        address = new ServerAddress(host, port);
        return true;
    }

    /// <summary>Returns the address as a user writes it.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static bool TryReadPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue;
}
