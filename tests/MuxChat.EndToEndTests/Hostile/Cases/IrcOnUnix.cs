using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// Hostile clients of IRC over a Unix socket. What else they may try is in Irc/IrcHostileCases, which is played there too.
/// </summary>
internal static class IrcOnUnix
{
    private const string Server = ":muxchat.local ";
    private const string Dropped = Server + "NOTICE {me} :the line contains a NUL or a CR: it was dropped";
    private const int Many = 300;

    public static IEnumerable<HostileCase> All =>
    [
        Resident("NUL in a message", HostileEnd.StaysOpen, Sends("PRIVMSG {room} :a\0b\r\n"), Gets(Dropped)),
        Resident("CR in a message", HostileEnd.StaysOpen, Sends("PRIVMSG {room} :a\rQUIT\r\n"), Gets(Dropped)),
        Resident("ESC in a message", HostileEnd.StaysOpen, Sends("PRIVMSG {room} :\u001b[2J\r\n"), Gets(Server + "404 {me} {room} :...")),
        Resident("C1 in a message", HostileEnd.StaysOpen, Sends("PRIVMSG {room} :a\u0085b\r\n"), Gets(Server + "404 {me} {room} :...")),
        Resident("bad UTF-8 in a message", HostileEnd.StaysOpen, Sends([.. "PRIVMSG {room} :a"u8, 0xFF, .. "\r\n"u8]),
            Gets("FAIL PRIVMSG INVALID_UTF8 :...")),
        Resident("an LF makes two lines", HostileEnd.StaysOpen, Sends("PRIVMSG {room} :one\nPRIVMSG {room} :two\n"))
            .Heard(Hears.Said("one"), Hears.Said("two")),
        Resident("a fake prefix is dropped", HostileEnd.StaysOpen, Sends(":{line}!x@y PRIVMSG {room} :hello\r\n"))
            .Heard(Hears.Said("hello")),
        Resident("a fake name in the text", HostileEnd.StaysOpen, Sends("PRIVMSG {room} :<{line}> hello\r\n"))
            .Heard(Hears.Said("<{line}> hello")),
        Resident("a message a byte at a time", HostileEnd.StaysOpen, Drips("PRIVMSG {room} :hi\r\n")).Heard(Hears.Said("hi")),
        Resident("a flood of messages", HostileEnd.StaysOpen, Floods("PRIVMSG {room} :flood\r\n", Many))
            .Heard([.. Enumerable.Repeat(Hears.Said("flood"), Many)]),
        Resident("a flood of nonsense", HostileEnd.StaysOpen, Floods("NONSENSE\r\n", Many),
            Gets(Server + "421 {me} NONSENSE :Unknown command", Many)),
        Resident("a flood of empty lines", HostileEnd.StaysOpen, Floods("\r\n", 10 * Many)),
        Resident("an operator of servers", HostileEnd.StaysOpen, Sends("SQUIT x\r\n"), Gets(Server + "421 {me} SQUIT :Unknown command")),
        Resident("an operator by its word alone", HostileEnd.StaysOpen, Sends("KILL {line} :x\r\n"),
            Gets(Server + "481 {me} :Permission Denied- You're not an IRC operator")),
        Resident("half a line and leaves", HostileEnd.OpenUntilItLeaves, Sends("PRIVMSG {room} :ha")),
        Resident("half a line and closes at once", HostileEnd.ClosesAtOnce, Sends("PRIVMSG {room} :ha")),
        Resident("a second login", HostileEnd.StaysOpen, Sends("USER a 0 * :b\r\n"), Gets(Server + "462 {me} :...")),
        Newcomer("connects and leaves", HostileEnd.OpenUntilItLeaves),
        Newcomer("connects and closes at once", HostileEnd.ClosesAtOnce),
        Newcomer("half a login", HostileEnd.OpenUntilItLeaves, Sends("NICK {mark}\r\nUSER ")),
        Newcomer("talks before its login", HostileEnd.StaysOpen, Sends("PRIVMSG #lobby :{mark}\r\n"),
            Gets(Server + "451 * :You have not registered")),
        Newcomer("a TLS hello", HostileEnd.SpokeTls, Sends([0x16, 0x03, 0x01, 0x02, 0x00, .. new byte[100]]),
            GetsBytes(21, 3, 1, 0, 2, 2, 40)),
        Newcomer("an HTTP request", HostileEnd.SpokeHttp, Sends("GET /{mark} HTTP/1.1\r\nHost: x\r\n\r\n"),
            Gets("HTTP/1.1 400 Bad Request"), Gets("Content-Type: text/plain"),
            Gets("X-Content-Type-Options: nosniff"), Gets("Content-Length: 71"), Gets("Connection: close"), Gets(""),
            Gets("This is a chat server (MuxChat). This connection does not speak HTTP.")),
    ];

    private static HostileCase Resident(string name, HostileEnd end, params HostileStep[] steps) =>
        new($"irc+unix listener: {name}", "irc+unix", steps, end);

    private static HostileCase Newcomer(string name, HostileEnd end, params HostileStep[] steps) =>
        HostileCase.Newcomer($"irc+unix listener: {name}", "irc+unix", end, steps);
}
