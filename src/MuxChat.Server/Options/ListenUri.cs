using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Exec;

namespace MuxChat.Server.Options;

/// <summary>
/// An address to listen on, and what is served there: <c>SERVICE[+TRANSPORT]://HOST:PORT[?OPTIONS]</c>, or with a path over a Unix socket.
/// </summary>
/// <remarks>
/// HOST is an IPv4 address, an IPv6 address in brackets, or a name. Port 0 selects a free port. See docs/protocols/listeners.md.
/// </remarks>
internal sealed record ListenUri
{
    private const string Tcp = "tcp";
    private const string Udp = "udp";
    private const string Unix = "unix";
    private const string Tls = "tls";
    private const string ExamplePort = "7070";
    private const UnixFileMode DefaultMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    // The schemes that are usual elsewhere for a service over TLS.
    private static readonly Dictionary<string, string> Shorthands = new()
    {
        ["ircs"] = "irc+tls",
        ["https"] = "http+tls",
    };

    private static readonly Dictionary<string, AddressFamily> Families = new()
    {
        [""] = AddressFamily.Unspecified,
        ["4"] = AddressFamily.InterNetwork,
        ["6"] = AddressFamily.InterNetworkV6,
    };

    /// <summary>The services over a stream: <c>auto</c>, and those of the table.</summary>
    public static IReadOnlyList<string> Services { get; } =
        [ProtocolTable.Auto, .. ProtocolTable.Rows.Select(static row => row.Scheme).Where(static scheme => !scheme.Contains('?'))];

    /// <summary>The services over UDP.</summary>
    public static IReadOnlyList<string> DatagramServices { get; } = [.. DatagramTable.Rows.Select(static row => row.Scheme)];

    /// <summary>The grammar in words, for an error message.</summary>
    public static string Form { get; } = "a listen URI is SERVICE://HOST:PORT, SERVICE+tls://HOST:PORT, "
        + "SERVICE+udp://HOST:PORT or SERVICE+unix:///PATH, such as "
        + $"auto://127.0.0.1:7070 or irc+tls://[::1]:6697, with a SERVICE of {string.Join(", ", Services)}, and over udp "
        + string.Join(", ", DatagramServices);

    /// <summary>The service and the transport as given.</summary>
    public required string Scheme { get; init; }

    /// <summary>The scheme of the service in its table.</summary>
    public required string Service { get; init; }

    /// <summary>The host without brackets; empty for a Unix socket.</summary>
    public string Host { get; init; } = "";

    /// <summary>The port, from 0 to 65,535.</summary>
    public int Port { get; init; }

    /// <summary>The path of a Unix socket; empty for other sockets.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether this is a UDP socket.</summary>
    public bool IsDatagram { get; init; }

    /// <summary>Whether it serves admins (see <c>--admin</c>).</summary>
    public bool IsAdmin { get; init; }

    /// <summary>Whether every client here must speak TLS.</summary>
    public bool IsTls { get; init; }

    /// <summary>The only family of addresses to listen on; unspecified for all that the host has.</summary>
    public AddressFamily Family { get; init; }

    /// <summary>Whether an IPv6 socket takes IPv4 clients as well.</summary>
    public bool TakesIPv4 { get; init; }

    /// <summary>The permissions of a Unix socket's file.</summary>
    public UnixFileMode Mode { get; init; } = DefaultMode;

    /// <summary>The group of a Unix socket's file, by name or number; null for the process's.</summary>
    public string? Group { get; init; }

    /// <summary>The room of a notify or upload service, in UTF-8.</summary>
    public byte[] Room { get; init; } = [];

    /// <summary>The first word that a notify service asks for, in UTF-8; empty for none.</summary>
    public byte[] Key { get; init; } = [];

    /// <summary>Whether this is a Unix socket.</summary>
    public bool IsUnix => Path.Length > 0;

    private bool HasRoom => Service is DatagramTable.Notify or ProtocolTable.Upload;

    /// <summary>Whether only programs of this machine can reach it: a loopback address, or a Unix socket.</summary>
    public bool IsOfThisMachine => IsUnix || Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether it runs the admin's commands for every client.</summary>
    public bool IsExec => Service is ExecProtocol.Scheme or ProtocolTable.LittleEndianExec;

    private bool MayHaveIPv6 => !IsUnix && Family != AddressFamily.InterNetwork
        && !(IPAddress.TryParse(Host, out var literal) && literal.AddressFamily == AddressFamily.InterNetwork);

    /// <summary>The option that chose the service, with its question mark; empty for none.</summary>
    public string ServiceOption => Service.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? Service[at..] : "";

    /// <summary>Whether it takes IRC over TLS, once the server has a certificate.</summary>
    public bool TakesSecureIrc => IsTls ? Service is "irc" or ProtocolTable.Auto : Service == ProtocolTable.Auto && !IsUnix;

    /// <summary>Whether it serves the page and links to files over TCP.</summary>
    public bool ServesHttp => !IsDatagram && !IsUnix && Service is "http" or ProtocolTable.Auto;

    /// <summary>Whether its clients are greeted with the text of <c>--greet</c>: an echo service over a stream.</summary>
    public bool SendsGreeting => !IsDatagram && (Service.StartsWith("echo", StringComparison.Ordinal)
        || Service.StartsWith("upper", StringComparison.Ordinal));

    /// <summary>Whether threads and async serve it too: one of the chat protocols over TCP.</summary>
    public bool IsForEveryModel => !IsDatagram && !IsUnix && !IsTls && Service is ProtocolTable.Auto or "line" or "frame" or "irc";

    /// <exception cref="StartupException">The text is not a listen URI.</exception>
    public static ListenUri Parse(string given)
    {
        var query = given.IndexOf('?', StringComparison.Ordinal);
        var shown = query < 0 ? given : given[..query];
        if (query < 0 && given.Contains("&key=", StringComparison.Ordinal))
        {
            // The question mark was forgotten, and what follows is a key.
            throw Invalid(given[..given.IndexOf('&', StringComparison.Ordinal)]);
        }

        var end = shown.IndexOf("://", StringComparison.Ordinal);
        if (end < 0)
        {
            throw Invalid(shown);
        }

        var scheme = shown[..end];
        var (service, transport, family) = SplitScheme(Shorthands.GetValueOrDefault(scheme, scheme));
        if (service.EndsWith("+tls", StringComparison.Ordinal) || (transport == Tls && service.EndsWith("+unix", StringComparison.Ordinal)))
        {
            throw Wrong(shown, "TLS goes over TCP only: SERVICE+tls://HOST:PORT; a Unix socket needs none");
        }

        var isDatagram = transport == Udp;
        if (!(isDatagram ? DatagramServices : Services).Contains(service))
        {
            throw Invalid(shown);
        }

        var uri = new ListenUri { Scheme = scheme, Service = service, IsDatagram = isDatagram, IsTls = transport == Tls, Family = family };
        uri = transport == Unix ? uri.WithPath(shown[(end + 3)..]) : uri.WithHost(shown[(end + 3)..]);
        uri = query < 0 ? uri : uri.WithOptions(given[(query + 1)..]);
        return uri.HasRoom && uri.Room.Length == 0
            ? throw Wrong(shown, $"the room is missing: {scheme}://{(uri.IsUnix ? "/PATH" : "HOST:PORT")}?room=alerts") : uri;
    }

    /// <summary>Formats one of the URI's addresses, with its actual port. Options are left out, because one may be a key.</summary>
    public string Format(EndPoint endPoint) => IsUnix ? ToString() : $"{Scheme}://{endPoint}";

    /// <summary>Returns the host's address, or the addresses that its name resolves to.</summary>
    /// <exception cref="StartupException">The name does not resolve, or has no address of the family.</exception>
    public IReadOnlyList<IPEndPoint> Resolve()
    {
        try
        {
            IEnumerable<IPAddress> all = IPAddress.TryParse(Host, out var address) ? [address] : Dns.GetHostAddresses(Host).Distinct();
            var found = all.Where(one => Family == AddressFamily.Unspecified || one.AddressFamily == Family)
                .Select(one => new IPEndPoint(one, Port)).ToArray();
            return found.Length > 0 ? found : throw new StartupException(StartupException.CouldNotStart,
                $"cannot listen on {this}: {Host} has no {NameOf(Family)} address");
        }
        catch (SocketException error)
        {
            throw new StartupException(StartupException.CouldNotStart, $"cannot resolve {Host}: {error.Message}");
        }
    }

    public override string ToString() => IsUnix ? $"{Scheme}://{Escape(Path)}"
        : Host.Contains(':', StringComparison.Ordinal) ? $"{Scheme}://[{Host}]:{Port}" : $"{Scheme}://{Host}:{Port}";

    // The last word of a scheme may name the transport, with an IP version after it: line+tcp6. Without one it is TCP.
    private static (string Service, string Transport, AddressFamily Family) SplitScheme(string scheme)
    {
        var plus = scheme.LastIndexOf('+');
        var last = scheme[(plus + 1)..];
        if (plus > 0 && last == Unix)
        {
            return (scheme[..plus], Unix, AddressFamily.Unspecified);
        }

        foreach (var transport in (string[])[Tcp, Udp, Tls])
        {
            if (plus > 0 && last.StartsWith(transport, StringComparison.Ordinal)
                && Families.TryGetValue(last[transport.Length..], out var family))
            {
                return (scheme[..plus], transport, family);
            }
        }

        return (scheme, Tcp, AddressFamily.Unspecified);
    }

    private ListenUri WithPath(string given)
    {
        var path = Uri.UnescapeDataString(given);
        return path.StartsWith('/') && !path.EndsWith('/') && !path.Contains('\0', StringComparison.Ordinal)
            ? this with { Path = path }
            : throw Wrong($"{Scheme}://{given}", $"a Unix socket has an absolute path: {Scheme}:///run/muxchat.sock");
    }

    private ListenUri WithHost(string given)
    {
        var colon = given.LastIndexOf(':');
        colon = colon > given.LastIndexOf(']') ? colon : given.Length;
        var named = WithHostOnly(given[..colon], $"{Scheme}://{given}");
        if (colon == given.Length)
        {
            throw Wrong($"{Scheme}://{given}", $"the port is missing: {Scheme}://{given}:{ExamplePort}");
        }

        return ushort.TryParse(given.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? named with { Port = port }
            : throw Wrong($"{Scheme}://{given}",
                $"a port is a whole number from 0 to {ushort.MaxValue}: {Scheme}://{given[..colon]}:{ExamplePort}");
    }

    private ListenUri WithHostOnly(string host, string shown)
    {
        if (host.Length == 0)
        {
            throw Wrong(shown, $"the host is missing: {Scheme}://127.0.0.1:{ExamplePort}");
        }

        if (host.ContainsAny('[', ']', ':'))
        {
            var inside = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : "";
            host = IPAddress.TryParse(inside, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
                ? inside : throw Wrong(shown, $"an IPv6 address, and nothing else, is in brackets: {Scheme}://[::1]:{ExamplePort}");
        }
        else if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4))
        {
            throw Wrong(shown, $"the host is no address and no name: {Scheme}://127.0.0.1:{ExamplePort}");
        }

        return IPAddress.TryParse(host, out var literal) && Family != AddressFamily.Unspecified && literal.AddressFamily != Family
            ? throw Wrong(shown, $"{host} is no {NameOf(Family)} address") : this with { Host = host };
    }

    // A value is never shown, because it may be a key. Nor is an unknown name next to a key: it may be the key's rest after an ampersand.
    private ListenUri WithOptions(string query)
    {
        var all = query.Split('&');
        if (all.DistinctBy(NameOfOption).Count() < all.Length)
        {
            throw Wrong(ToString(), $"an option is given twice: {OptionsHere()}");
        }

        var hasKey = all.Any(static option => NameOfOption(option) == "key");
        return all.Aggregate(this, (uri, option) => uri.WithOption(option, hasKey));
    }

    private static string NameOfOption(string option) => option.Split('=')[0];

    private ListenUri WithOption(string given, bool hasKey)
    {
        var equals = given.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? given : given[..equals];
        var value = equals < 0 ? "" : Uri.UnescapeDataString(given[(equals + 1)..]);
        return (name, value) switch
        {
            ("header", "be32") when Service == "frame" => this,
            ("header", "le32") when Service == "frame" => this with { Service = ProtocolTable.LittleEndianFrame },
            ("header", "be32") when Service == ExecProtocol.Scheme => this,
            ("header", "le32") when Service == ExecProtocol.Scheme => this with { Service = ProtocolTable.LittleEndianExec },
            ("header", _) when Service is "frame" or ExecProtocol.Scheme => throw Takes(name, "be32 or le32"),
            ("sts", "only") when Service == "irc" && !IsTls && !IsUnix => this with { Service = ProtocolTable.StsOnlyIrc },
            ("sts", _) when Service == "irc" && !IsTls && !IsUnix => throw Takes(name, "only"),
            ("ipv4", "on" or "off") when MayHaveIPv6 => this with { TakesIPv4 = value == "on" },
            ("ipv4", _) when MayHaveIPv6 => throw Takes(name, "on or off"),
            ("mode", _) when IsUnix => this with { Mode = ParseMode(value) },
            ("group", "") when IsUnix => throw Takes(name, "a group, by name or number"),
            ("group", _) when IsUnix => this with { Group = value },
            ("room", _) when HasRoom => RoomName.TryFromOperator(value, out var room)
                ? this with { Room = room } : throw Takes(name, $"a room: {RoomName.Rule}"),
            ("key", { Length: > 0 }) when Service == DatagramTable.Notify && !value.Contains(' ', StringComparison.Ordinal) =>
                this with { Key = Encoding.UTF8.GetBytes(value) },
            ("key", _) when Service == DatagramTable.Notify => throw Takes(name, "one word"),
            _ when equals <= 0 => throw Wrong(ToString(), $"an option is NAME=VALUE: {OptionsHere()}"),
            _ when hasKey => throw Wrong(ToString(), $"an option is none of these: {OptionsHere()}; in a value, & is written %26"),
            _ => throw Wrong(ToString(), $"there is no option {name} here: {OptionsHere()}"),
        };
    }

    private UnixFileMode ParseMode(string value)
    {
        var isOctal = value.Length is 3 or 4 && value.All(static digit => digit is >= '0' and <= '7');
        var mode = isOctal ? Convert.ToInt32(value, 8) : -1;
        return mode is > 0 and <= 0x1FF ? (UnixFileMode)mode : throw Takes("mode", "permissions in octal, such as 0660");
    }

    private string OptionsHere()
    {
        string[] all =
        [
            .. Service is "frame" or ExecProtocol.Scheme ? ["header"] : Array.Empty<string>(),
            .. Service == "irc" && !IsTls && !IsUnix ? ["sts"] : Array.Empty<string>(),
            .. HasRoom ? ["room"] : Array.Empty<string>(),
            .. Service == DatagramTable.Notify ? ["key"] : Array.Empty<string>(),
            .. IsUnix ? ["mode", "group"] : Array.Empty<string>(),
            .. MayHaveIPv6 ? ["ipv4"] : Array.Empty<string>(),
        ];
        return all.Length == 0 ? $"{Scheme} has none" : $"{Scheme} has {string.Join(", ", all)}";
    }

    private static string NameOf(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    // So that the text is a URI again.
    private static string Escape(string path) => path.Replace("%", "%25", StringComparison.Ordinal)
        .Replace(" ", "%20", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);

    private StartupException Takes(string option, string what) => Wrong(ToString(), $"{option} takes {what}");

    private static StartupException Wrong(string shown, string what) => new(StartupException.Usage, $"--listen {shown}: {what}");

    private static StartupException Invalid(string shown) => Wrong(shown, Form);
}
