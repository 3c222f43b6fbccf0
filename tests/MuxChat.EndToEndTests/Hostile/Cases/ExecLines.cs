using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Hostile clients of <c>exec</c>: every request has one answer with an honest size, and a browser has none.</summary>
internal static class ExecLines
{
    private const int Many = 40;
    private const string Listener = "exec";
    private const string Done = """{"data_size":2,"exit_code":0,"error":null,"stderr_size":0,"stderr":""}""";
    private const string ForPages = "Host: 127.0.0.1\r\nContent-Length: 99\r\n\r\necho {mark}\r\nsleep\r\n";

    // A record of type handshake, and in it the beginning of a ClientHello.
    private static readonly byte[] ClientHello = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, .. "\necho x\n"u8];

    private static readonly (string Name, byte[] Sent, string Error)[] Refused =
    [
        ("a command that is not listed", [.. "sh -c id\n"u8], "this command is not one that the server runs"),
        ("a command of the chat", [.. "/quit\n"u8], "this command is not one that the server runs"),
        ("a path", [.. "/bin/echo x\n"u8], "this command is not one that the server runs"),
        ("JSON", [.. "{\"type\":\"run\",\"name\":\"echo\"}\n"u8], "this command is not one that the server runs"),
        ("an argument that does not match", [.. "number $(id)\n"u8], "argument 1 is not allowed: number {\\d+}"),
        ("an open quote", [.. "echo \"x\n"u8], "a quote is not closed, or the line contains a NUL"),
        ("a NUL", [.. "echo a\0b\n"u8], "a quote is not closed, or the line contains a NUL"),
        ("an escape sequence", [.. "echo \u001b[2J\n"u8], "an argument contains a control character"),
        ("a CR inside", [.. "echo a\rb\n"u8], "an argument contains a control character"),
        ("bytes that are not UTF-8", [.. "echo "u8, 0xC3, 0x28, (byte)'\n'], "the line is not UTF-8"),
        ("a telnet sequence", [255, 253, 3, .. "echo x\n"u8], "the line is not UTF-8"),
        ("a line that is too long", [.. "echo "u8, .. Enumerable.Repeat((byte)'x', 4100), (byte)'\n'],
            "the line is longer than 4096 bytes: it was dropped"),
    ];

    public static IEnumerable<HostileCase> All =>
    [
        .. Refused.Select(one => Of(one.Name, HostileEnd.StaysOpen, Sends(one.Sent), GetsRefusal(one.Error))),
        Of("empty lines and spaces alone", HostileEnd.StaysOpen, Sends("\n\r\n   \n \r\n")),
        Of("words for a shell", HostileEnd.StaysOpen, Sends("print ;id|$(id)\n"),
            Gets("""{"data_size":9,"exit_code":0,"error":null,"stderr_size":0,"stderr":""}"""), GetsBytes(";id|$(id)")),
        Of("one byte at a time", HostileEnd.StaysOpen, Drips("print ab\n"), Gets(Done), GetsBytes("ab")),
        Of("no end of the line", HostileEnd.StaysOpen, Sends("print ab"), Gets(Done), GetsBytes("ab")),
        Of("no end of the line, which comes after the answer", HostileEnd.StaysOpen, Sends("print ab"), Gets(Done), GetsBytes("ab"),
            Sends("\n")),
        Of("an end of the line in the next packet but one", HostileEnd.StaysOpen, Sends("print"), Waits(),
            GetsRefusal("an argument is missing: print {[^-].*}"), Sends(" ab\n"),
            GetsRefusal("this command is not one that the server runs")),
        Of("a flood of requests in one packet", HostileEnd.StaysOpen, [Floods("print ab\n", Many), .. Answers(Many)]),
        Of("a megabyte without an end", HostileEnd.Overrun, Floods(new string('x', 1000), 1000),
            GetsRefusal("the line is longer than 4096 bytes: it was dropped"),
            GetsRefusal("no end of line within 16384 bytes: goodbye")),
        Of("bytes of a binary", HostileEnd.StaysOpen, Sends("print \\377\\376\n"),
            Gets("""{"data_size":2,"exit_code":0,"error":null,"stderr_size":0,"stderr":""}"""), GetsBytes(0xFF, 0xFE)),
        Of("much output, never read, and a reset", HostileEnd.ResetsItself, Floods("zeros\n", 20)),
        Of("a reset while a command runs", HostileEnd.ResetsItself, Sends("sleep\n")),
        Of("connects and leaves", HostileEnd.OpenUntilItLeaves),
        Of("connects and resets", HostileEnd.ResetsItself),
        Of("a page's POST", HostileEnd.SpokeHttp, Sends("POST / HTTP/1.1\r\n" + ForPages), GetsResponse("400 Bad Request")),
        Of("a page's GET with a command as its target", HostileEnd.SpokeHttp, Sends("GET /echo%20{mark} HTTP/1.1\r\n" + ForPages),
            GetsResponse("400 Bad Request")),
        Of("TLS", HostileEnd.SpokeTls, Sends(ClientHello), GetsBytes(21, 3, 1, 0, 2, 2, 40)),
    ];

    private static HostileStep GetsRefusal(string error) =>
        Gets($$"""{"data_size":0,"exit_code":null,"error":"{{error.Replace("\\", "\\\\", StringComparison.Ordinal)}}"}""");

    private static IEnumerable<HostileStep> Answers(int times) =>
        Enumerable.Range(0, times).SelectMany(static _ => (HostileStep[])[Gets(Done), GetsBytes("ab")]);

    private static HostileCase Of(string name, HostileEnd end, params HostileStep[] steps) =>
        HostileCase.Newcomer($"exec listener: {name}", Listener, end, steps) with { IsForLoop = true };
}
