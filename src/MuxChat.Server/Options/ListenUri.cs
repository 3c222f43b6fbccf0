using System.Net;
using System.Net.Sockets;
using MuxChat.Core.Protocols;

namespace MuxChat.Server.Options;

/// <summary>
/// An address to listen on, and its protocol: <c>auto://</c>, <c>line://</c>, <c>frame://</c> or <c>irc://</c>, then HOST:PORT.
/// </summary>
/// <remarks>HOST is an IPv4 address, an IPv6 address in brackets, or a name. Port 0 selects a free port.</remarks>
/// <param name="Protocol">The scheme.</param>
/// <param name="Host">The host as given, without brackets.</param>
/// <param name="Port">0 to 65,535.</param>
internal sealed record ListenUri(string Protocol, string Host, int Port)
{
    /// <summary>The schemes: <c>auto</c>, and one for each protocol.</summary>
    public static IReadOnlyList<string> Protocols { get; } = [ProtocolTable.Auto, .. ProtocolTable.Rows.Select(static row => row.Scheme)];

    /// <summary>The schemes for the help: <c>auto://, line://, frame:// or irc://</c>.</summary>
    public static string Schemes { get; } =
        $"{string.Join(", ", Protocols.SkipLast(1).Select(static scheme => scheme + "://"))} or {Protocols[^1]}://";

    private static readonly string Form = $"a listen URI is {string.Join(", ", Protocols.SkipLast(1).Select(FormOf))} "
        + $"or {FormOf(Protocols[^1])}, such as auto://127.0.0.1:7070 or line://[::1]:7071";

    /// <exception cref="StartupException">The text is not a listen URI.</exception>
    public static ListenUri Parse(string given)
    {
        var scheme = given.IndexOf("://", StringComparison.Ordinal);
        var colon = given.LastIndexOf(':');
        if (scheme < 0 || colon <= scheme + 2)
        {
            throw Invalid(given);
        }

        var protocol = given[..scheme];
        var host = given[(scheme + 3)..colon];
        if (!Protocols.Contains(protocol)
            || !ushort.TryParse(given.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var port))
        {
            throw Invalid(given);
        }

        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            return IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
                ? new ListenUri(protocol, host, port)
                : throw Invalid(given);
        }

        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4
            ? new ListenUri(protocol, host, port) : throw Invalid(given);
    }

    /// <summary>Formats one of the URI's addresses with its actual port.</summary>
    public string Format(IPEndPoint endPoint) => $"{Protocol}://{endPoint}";

    /// <summary>Returns the host's address, or the addresses that its name resolves to.</summary>
    /// <exception cref="StartupException">The name does not resolve.</exception>
    public IReadOnlyList<IPEndPoint> Resolve()
    {
        if (IPAddress.TryParse(Host, out var address))
        {
            return [new IPEndPoint(address, Port)];
        }

        try
        {
            return [.. Dns.GetHostAddresses(Host).Distinct().Select(found => new IPEndPoint(found, Port))];
        }
        catch (SocketException error)
        {
            throw new StartupException(StartupException.CouldNotStart, $"cannot resolve {Host}: {error.Message}");
        }
    }

    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"{Protocol}://[{Host}]:{Port}" : $"{Protocol}://{Host}:{Port}";

    private static string FormOf(string scheme) => $"{scheme}://HOST:PORT";

    private static StartupException Invalid(string given) => new(StartupException.Usage, $"--listen {given}: {Form}");
}
