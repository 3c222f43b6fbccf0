using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Clients of other servers on the port: TLS is closed at once; what is text is a line and what is not is refused;
/// nothing is a command that is not one.
/// </summary>
internal static class OtherProtocols
{
    private static readonly byte[] Alert = [21, 3, 1, 0, 2, 2, 40];

    // A record of type handshake, and in it a ClientHello; cut off, for the first two bytes decide.
    private static readonly byte[] ClientHello = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, 0x0A, 0x2F, 0x71, 0x75,
        0x69, 0x74, 0x0A, .. new byte[200]];

    // What is text: each line is said, as if typed.
    private static readonly (string Name, string Sent, string[] Said)[] Texts =
    [
        ("SSH", "SSH-2.0-OpenSSH_{mark}\r\n", ["SSH-2.0-OpenSSH_{mark}"]),
        ("SMTP", "EHLO {mark}\r\nMAIL FROM:<{mark}>\r\n", ["EHLO {mark}", "MAIL FROM:<{mark}>"]),
        ("Redis", "*2\r\n$3\r\nGET\r\n$9\r\n{mark}\r\n", ["*2", "$3", "GET", "$9", "{mark}"]),
        ("memcached", "get {mark}\r\n", ["get {mark}"]),
        ("FTP", "USER {mark}\r\nQUIT\r\n", ["USER {mark}", "QUIT"]),
        ("POP3", "USER {mark}\r\nQUIT\r\n", ["USER {mark}", "QUIT"]),
        ("IRC", "NICK {mark}\r\nUSER {mark} 0 * :{mark}\r\n", ["NICK {mark}", "USER {mark} 0 * :{mark}"]),
        ("SIP", "INVITE sip:{mark} SIP/2.0\r\n", ["INVITE sip:{mark} SIP/2.0"]),
        ("RTSP", "DESCRIBE rtsp://{mark}/ RTSP/1.0\r\n", ["DESCRIBE rtsp://{mark}/ RTSP/1.0"]),
        ("XMPP", "<stream:stream to='{mark}'>\n", ["<stream:stream to='{mark}'>"]),
        ("a shell", "id; cat /etc/passwd; echo {mark}\n", ["id; cat /etc/passwd; echo {mark}"]),
        ("log4j", "${jndi:ldap://{mark}/a}\n", ["${jndi:ldap://{mark}/a}"]),
    ];

    // What is not: in a line of its own it is refused.
    private static readonly (string Name, byte[] Sent)[] Binaries =
    [
        ("SOCKS4", [4, 1, 0, 80, 127, 0, 0, 1, 0]),
        ("SOCKS5", [5, 1, 0]),
        ("RDP", [3, 0, 0, 0x13, 0x0E, 0xE0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0]),
        ("MQTT", [0x10, 0x0C, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0x3C, 0, 0]),
        ("SSLv2", [0x80, 0x2E, 1, 0, 2, 0, 0x15]),
        ("DTLS", [0x16, 0xFE, 0xFF, 0, 0]),
        ("a lone SYN byte", [0x16]),
        ("PostgreSQL behind a byte", [1, 0, 0, 8, 4, 0xD2, 0x16, 0x2F]),
    ];

    public static IEnumerable<HostileCase> All =>
        Tls.Concat(OnLines).Concat(OnAuto).Concat(OnFrames).Concat(BinariesOnLines).Concat(BinariesOnAuto);

    private static IEnumerable<HostileCase> Tls =>
    [
        HostileCase.Newcomer("auto listener: TLS", "auto", HostileEnd.SpokeTls, Sends(ClientHello), GetsBytes(Alert)),
        HostileCase.Newcomer("auto listener: TLS, two bytes", "auto", HostileEnd.SpokeTls, Sends(0x16, 0x03), GetsBytes(Alert)),
        HostileCase.Newcomer("auto listener: TLS a byte at a time", "auto", HostileEnd.SpokeTls, Drips(ClientHello.AsSpan()[..12]),
            GetsBytes(Alert)),
        HostileCase.Newcomer("auto listener: TLS, one byte and the end", "auto", HostileEnd.OpenUntilItLeaves, Sends(0x16)),
        HostileCase.Newcomer("line listener: TLS", "line", HostileEnd.SpokeTls, IsGreeted(), Sends(ClientHello), GetsBytes(Alert)),
        HostileCase.Newcomer(
            "line listener: TLS a byte at a time",
            "line",
            HostileEnd.SpokeTls,
            IsGreeted(),
            Drips(ClientHello.AsSpan()[..12]),
            GetsBytes(Alert)),
        HostileCase.Newcomer("frame listener: TLS", "frame", HostileEnd.Overrun, IsGreetedByFrames(), Sends(ClientHello),
            GetsError("too_long")),
        HostileCase.Line(
            "lines: TLS that comes later is a line like any other",
            HostileEnd.StaysOpen,
            Sends([0x16, 0x03, 0x01, .. "\n"u8]),
            Gets(Refusal.Control("text"))),
    ];

    private static IEnumerable<HostileCase> OnLines => Texts.Select(text =>
        HostileCase.Newcomer(
            $"line listener: a client of {text.Name}",
            "line",
            HostileEnd.StaysOpen,
            IsGreeted(),
            Sends(text.Sent)).Heard([.. text.Said.Select(Hears.Said)]));

    private static IEnumerable<HostileCase> OnAuto => Texts.Where(text => text.Name is not ("FTP" or "POP3" or "IRC")).Select(text =>
        HostileCase.Newcomer(
            $"auto listener: a client of {text.Name}",
            "auto",
            HostileEnd.StaysOpen,
            Sends(text.Sent),
            IsGreeted()).Heard([.. text.Said.Select(Hears.Said)]));

    private static IEnumerable<HostileCase> OnFrames => Texts.Select(text =>
        HostileCase.Newcomer(
            $"frame listener: a client of {text.Name}",
            "frame",
            HostileEnd.Overrun,
            IsGreetedByFrames(),
            Sends(text.Sent),
            GetsError("too_long")));

    private static IEnumerable<HostileCase> BinariesOnLines => Binaries.Select(binary =>
        HostileCase.Newcomer(
            $"line listener: a client of {binary.Name}",
            "line",
            HostileEnd.StaysOpen,
            IsGreeted(),
            Sends([.. binary.Sent, .. "\n"u8]),
            Gets("! ...")));

    private static IEnumerable<HostileCase> BinariesOnAuto => Binaries.Select(binary =>
        HostileCase.Newcomer($"auto listener: a client of {binary.Name}", "auto", HostileEnd.OpenUntilItLeaves,
        Sends(binary.Sent), IsGreeted()));
}
