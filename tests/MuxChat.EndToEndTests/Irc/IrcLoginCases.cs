namespace MuxChat.EndToEndTests.Irc;

/// <summary>Logging in, capabilities, ping, quit.</summary>
internal static class IrcLoginCases
{
    private const string Welcome = "RFC 2812 5.1";

    private static readonly string[] NoRealNames = ["", " :", " :  ", " :\\x02\\x03"];

    public static IReadOnlyList<IrcCase> All { get; } = [.. Logins(), .. Capabilities()];

    private static IrcCase[] Logins() =>
    [
        new(Welcome, "a client that says NICK and USER is welcomed",
        [
            "n NICK $n", "n USER tester 0 * :A tester",
            "n< :muxchat.local 001 $n :Welcome to the MuxChat network, $N",
            "n< :muxchat.local 002 $n :Your host is muxchat.local, running muxchat-...",
            "n< :muxchat.local 003 $n :This server was started ... UTC",
            "n< :muxchat.local 004 $n muxchat.local muxchat-... BiowZ CbeIiklmnostv beIklov",
            "n< :muxchat.local 005 $n NETWORK=MuxChat CASEMAPPING=ascii CHANTYPES=# CHANMODES=beI,k,l,Cimnst PREFIX=(ov)@+ STATUSMSG=@+ "
                + "EXCEPTS=e INVEX=I MODES=4 MAXLIST=b:60,e:60,I:60 ... :are supported by this server",
            "n< :muxchat.local 005 $n NICKLEN=30 USERLEN=10 HOSTLEN=15 CHANNELLEN=64 TOPICLEN=300 KICKLEN=200 AWAYLEN=200 KEYLEN=32 "
                + "TARGMAX=... SAFELIST EXTBAN=,m :are supported by this server",
            "n< :muxchat.local 005 $n CHATHISTORY=100 MSGREFTYPES=msgid,timestamp MONITOR=100 NAMELEN=150 BOT=B CHANLIMIT=#:20 :are "
                + "supported by this server",
            "n< :muxchat.local 251 $n :There are ... users and ... invisible on 1 servers",
            "n< :muxchat.local 252 $n 0 :operator(s) online",
            "n< :muxchat.local 254 $n ... :channels formed",
            "n< :muxchat.local 255 $n :I have ... clients and 0 servers",
            "n< :muxchat.local 265 $n ... :Current local users ...",
            "n< :muxchat.local 266 $n ... :Current global users ...",
            "n< :muxchat.local 422 $n :There is no message of the day",
        ]),
        new(Welcome, "USER may come first", ["n USER tester 0 * :A tester", "n NICK $n", "n< :muxchat.local 001 $n ...", .. Skip(13)]),
        new("modern: PASS", "a password that the server did not ask for is let pass",
            ["n PASS secret", "n NICK $n", "n USER tester 0 * :A tester", "n< :muxchat.local 001 ...", .. Skip(13)]),
        new("RFC 1459 4.1.3", "the user name is cut and cleaned",
            ["n NICK $n", "n USER a!b@cdefghijklmnop 0 * :r", "n< :muxchat.local 001 $n :... $n!~abcdefghi@localhost", .. Skip(13)]),
        new("RFC 1459 4.1.3", "USER once more is refused", ["x USER other 0 * :r", "x< :muxchat.local 462 $x :You may not reregister"]),
        new("RFC 1459 4.1.3", "USER with too few parameters", ["n USER tester", "n< :muxchat.local 461 * USER :Not enough parameters"]),
        .. NoRealNames.Select(static real => new IrcCase("modern: USER", $"USER without a real name:{real}",
            ["n NICK $n", "n USER tester 0 *" + real, "n< :muxchat.local 461 $n USER :Not enough parameters", "n USER tester 0 * :r",
                "n< :muxchat.local 001 $n ...", .. Skip(13)])),
        new("RFC 1459 4.1.1", "PASS when one is in", ["x PASS a", "x< :muxchat.local 462 $x :You may not reregister"]),
        new("RFC 1459 4.1.1", "PASS without a password", ["n PASS", "n< :muxchat.local 461 * PASS :Not enough parameters"]),
        new("RFC 1459 4.1.2", "NICK without a nick", ["n NICK", "n< :muxchat.local 431 * :No nickname given"]),
        new("RFC 1459 4.1.2", "a nick that is none", ["n NICK 1st", "n< :muxchat.local 432 * 1st :Erroneous nickname: ..."]),
        new("RFC 1459 4.1.2", "a nick that is too long",
            ["n NICK abcdefghijklmnopqrstuvwxyzabcde", "n< :muxchat.local 432 * abcdefghijklmnopqrstuvwxyzabcde :Erroneous nickname: ..."]),
        new("RFC 1459 4.1.2", "a nick that somebody has",
            ["n NICK $a", "n< :muxchat.local 433 * $a :Nickname is already in use", "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.1.2", "a nick that somebody on netcat has",
            ["n NICK $l", "n< :muxchat.local 433 * $l :Nickname is already in use", "l /ping 1", "l< * pong 1"]),
        new("RFC 1459 4.1.2", "a new nick is told to oneself and to the room", ["a NICK $z", "a< :$A NICK $z", "b< :$A NICK $z"]),
        new("RFC 1459 4.1.2", "a new nick outside of all rooms", ["x NICK $z", "x< :$X NICK $z"]),
        new("RFC 1459 4.1.2", "a nick that somebody has, when one is in",
            ["a NICK $b", "a< :muxchat.local 433 $a $b :Nickname is already in use", "b PING 1",
                "b< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.1.2", "the same nick changes nothing", ["a NICK $a"]),
        new("RFC 1459 4.1.6", "QUIT is confirmed and told",
        [
            "a QUIT :so long", "a< ERROR :Closing link: you quit", "a< END", "b< :$A QUIT :Quit: so long",
        ]),
        new("RFC 1459 4.1.6", "QUIT without a word", ["a QUIT", "a< ERROR :Closing link: you quit", "a< END", "b< :$A QUIT :"]),
        new("modern: QUIT", "QUIT before one is in", ["n NICK $n", "n QUIT", "n< ERROR :Closing link: you quit", "n< END"]),
        new("RFC 1459 4.6.2", "PING is answered, before one is in too", ["n PING hello", "n< :muxchat.local PONG muxchat.local :hello"]),
        new("RFC 1459 4.6.2", "PING with spaces", ["x PING :a b", "x< :muxchat.local PONG muxchat.local :a b"]),
        new("RFC 1459 4.6.2", "PING without a token", ["x PING", "x< :muxchat.local 461 $x PING :Not enough parameters"]),
        new("RFC 1459 4.6.3", "PONG is taken without a word", ["x PONG whatever"]),
        new("RFC 1459 6.1", "a command before one is in", ["n NICK $n", "n JOIN #a", "n< :muxchat.local 451 $n :You have not registered"]),
        new("RFC 1459 6.1", "an unknown command", ["x NONSENSE a b", "x< :muxchat.local 421 $x NONSENSE :Unknown command"]),
        new("RFC 1459 6.1", "an unknown command before one is in",
            ["n NICK $n", "n NONSENSE", "n< :muxchat.local 451 $n :You have not registered"]),
    ];

    private static IrcCase[] Capabilities() =>
    [
        new("IRCv3 CAP", "LS lists what there is and holds the welcome back until END",
        [
            "n CAP LS 302", "n< :muxchat.local CAP * LS :...away-notify batch cap-notify ...echo-message extended-join ...message-tags "
                + "multi-prefix ...server-time ...standard-replies userhost-in-names",
            "n NICK $n", "n USER tester 0 * :A tester", "n PING 1", "n< :muxchat.local PONG muxchat.local :1",
            "n CAP END", "n< :muxchat.local 001 $n ...", .. Skip(13),
        ]),
        new("IRCv3 CAP", "REQ of what there is",
            ["n CAP REQ :server-time echo-message", "n< :muxchat.local CAP * ACK :server-time echo-message", "n CAP LIST",
                "n< :muxchat.local CAP * LIST :echo-message server-time"]),
        new("IRCv3 CAP", "REQ of what there is not changes nothing",
            ["n CAP REQ :server-time nonsense", "n< :muxchat.local CAP * NAK :server-time nonsense", "n CAP LIST",
                "n< :muxchat.local CAP * LIST :"]),
        new("IRCv3 CAP", "REQ switches off as well",
            ["n CAP REQ :server-time", "n< :muxchat.local CAP * ACK :server-time", "n CAP REQ :-server-time",
                "n< :muxchat.local CAP * ACK :-server-time", "n CAP LIST", "n< :muxchat.local CAP * LIST :"]),
        new("IRCv3 CAP", "a list that the answer cannot repeat is refused with its first names, and none of them cut",
            ["n CAP REQ :" + Unknown(489), "n< :muxchat.local CAP * NAK :" + Unknown(479), "n CAP REQ :" + Unknown(479),
                "n< :muxchat.local CAP * NAK :" + Unknown(479), "n CAP REQ :" + string.Join(' ', Enumerable.Repeat("batch", 83)),
                "n< :muxchat.local CAP * NAK :" + string.Join(' ', Enumerable.Repeat("batch", 80)), "n CAP LIST",
                "n< :muxchat.local CAP * LIST :"]),
        new("IRCv3 CAP", "a name that is longer than a line is refused with its beginning",
            ["n CAP REQ :" + new string('a', 490), "n< :muxchat.local CAP * NAK :" + new string('a', 484)]),
        new("IRCv3 CAP", "LS 302 switches cap-notify on",
            ["n CAP LS 302", "n< :muxchat.local CAP * LS :...", "n CAP LIST", "n< :muxchat.local CAP * LIST :cap-notify"]),
        new("IRCv3 CAP", "an unknown word", ["x CAP WHAT", "x< :muxchat.local 410 $x WHAT :Invalid CAP command"]),
        new("IRCv3 CAP", "CAP alone", ["x CAP", "x< :muxchat.local 461 $x CAP :Not enough parameters"]),
        new("IRCv3 CAP", "REQ when one is in works at once",
            ["a CAP REQ echo-message", "a< :muxchat.local CAP $a ACK :echo-message", "a PRIVMSG $room :hi", "a< :$A PRIVMSG $room :hi"]),
        new("IRCv3 CAP", "END when one is in", ["x CAP END"]),
        new("IRCv3 standard-replies", "what is not UTF-8 is a FAIL for who knows it",
            ["t CAP LIST", "t< :muxchat.local CAP $t LIST :...standard-replies..."]),
    ];

    // Names of nine letters: 10 bytes for each, and 9 for the last.
    private static string Unknown(int bytes) =>
        string.Join(' ', Enumerable.Range(0, (bytes + 1) / 10).Select(static i => $"unknown{i:00}"));

    private static string[] Skip(int lines) => [.. Enumerable.Repeat("n< ...", lines)];
}
