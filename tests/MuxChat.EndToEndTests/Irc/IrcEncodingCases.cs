namespace MuxChat.EndToEndTests.Irc;

/// <summary>Lines that are not UTF-8.</summary>
internal static class IrcEncodingCases
{
    private const string Section = "IRCv3 UTF8ONLY";
    private const string Mended = "INVALID_UTF8 :the line is not UTF-8: what is not was replaced";

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(Section, "a message is refused under its command's name, also to who did not ask for standard replies",
            ["a PRIVMSG $room :caf\\xff", .. Refused("a", "PRIVMSG"), "t privmsg $room :caf\\xff", .. Refused("t", "PRIVMSG"),
                "a NOTICE $b :\\xff", .. Refused("a", "NOTICE"), "a TOPIC $room :\\xff", .. Refused("a", "TOPIC"), .. NothingCame("b")]),
        new(Section, "a command that there is not, and one that cannot be read",
            ["x NONSENSE \\xff", .. Refused("x", "NONSENSE"), "x DAN\\xffCE", .. Refused("x", "*"), "x @a=\\xff :\\xff PING 1",
                .. Refused("x", "PING"), "x \\xff", .. Refused("x", "*")]),
        new(Section, "a command before one is in", ["n PASS \\xff", .. Refused("n", "PASS"), "n JOIN \\xff", .. Refused("n", "JOIN")]),
        new(Section, "a real name is mended, and the client gets in",
            ["n NICK $n", "n USER tester 0 * :Ren\\xff the \\xff\\xff", $"n< WARN USER {Mended}", "n< :muxchat.local 001 $n ...",
                .. Enumerable.Repeat("n< ...", 13), "n WHOIS $n",
                "n< :muxchat.local 311 $n $n ~tester localhost * :Ren\uFFFD the \uFFFD\uFFFD",
                "n< ...312...", "n< ...378...", "n< ...317...", "n< ...318..."]),
        new(Section, "a user name is mended too",
            ["n NICK $n", "n USER t\\xffr 0 * :r", $"n< WARN USER {Mended}", "n< :muxchat.local 001 $n :... $n!~tr@localhost",
                .. Enumerable.Repeat("n< ...", 13)]),
        new(Section, "a nick is no nick, and the client may take another",
            ["n NICK Ren\\xff", $"n< WARN NICK {Mended}", "n< :muxchat.local 432 * Ren\uFFFD :Erroneous nickname: ...", "n NICK $n",
                "n USER tester 0 * :r", "n< :muxchat.local 001 $n ...", .. Enumerable.Repeat("n< ...", 13)]),
        new(Section, "who quits is gone",
            ["a QUIT :\\xff bye", $"a< WARN QUIT {Mended}", "a< ERROR :Closing link: you quit", "a< END", "b< :$A QUIT :Quit: \uFFFD bye"]),
        new(Section, "a refused line has its label",
            [.. Labels("a"), "a @label=xyz PRIVMSG $room :hi\\xff", .. Refused("a", "PRIVMSG", "@label=xyz "),
                "a @label=\\xff PRIVMSG $room :hi", .. Refused("a", "PRIVMSG"), .. NothingCame("b")]),
        new("modern: 417", "a line that is too long has its label",
            [.. Labels("x"), $"x @label=l PING {new string('a', 600)}", "x< @label=l :muxchat.local 417 $x :Input line was too long",
                $"x @a={new string('a', 8200)};label=l PING 1", "x< @label=l :muxchat.local 417 $x :Input line was too long"]),
        new("modern: 417", "of a line that is far too long nothing is read",
            [.. Labels("x"), $"x @label=l PING {new string('a', 9000)}", "x< :muxchat.local 417 $x :Input line was too long"]),
        new("IRCv3 labeled-response", "a line with a NUL has its label",
            [.. Labels("x"), "x @label=l PING a\0b",
                "x< @label=l :muxchat.local NOTICE $x :the line contains a NUL or a CR: it was dropped"]),
    ];

    private static string[] Refused(string who, string command, string tags = "") =>
        [$"{who}< {tags}FAIL {command} INVALID_UTF8 :the line is not UTF-8: it was dropped"];

    private static string[] NothingCame(string who) => [$"{who} PING 1", $"{who}< :muxchat.local PONG muxchat.local :1"];

    private static string[] Labels(string who) => [$"{who} CAP REQ :batch labeled-response", $"{who}< ...ACK..."];
}
