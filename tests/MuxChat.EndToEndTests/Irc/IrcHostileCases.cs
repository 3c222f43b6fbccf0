namespace MuxChat.EndToEndTests.Irc;

/// <summary>What no client of good will sends: each is answered, and nothing of it reaches anybody else.</summary>
internal static class IrcHostileCases
{
    private const string Hostile = "hostile";

    // On a port for all protocols a client of IRC is one by its first word.
    private static readonly string[] First = ["n PING 0", "n< :muxchat.local PONG muxchat.local :0"];

    private static readonly string[] NeedsParameters = ["USER", "PASS", "CAP", "JOIN", "PART", "TOPIC", "MODE", "ISON", "USERHOST"];

    private static readonly string[] OnlyInside =
    [
        "JOIN #a", "PART #a", "TOPIC #a :x", "NAMES #a", "LIST", "MODE #a +o n", "PRIVMSG #a :x", "NOTICE #a :x", "WHO #a", "WHOIS n",
        "WHOWAS n", "ISON n",
        "USERHOST n", "AWAY :x", "MOTD", "LUSERS", "VERSION", "TIME", "INFO", "ADMIN", "HELP", "KICK #a n", "OPER a b", "KILL n :x",
        "/nick n", "\u4e16",
    ];

    private static readonly string[] NoNicks =
    [
        "1a", "-a", "a b", "a,b", "a!b", "a@b", "#a", ":a", "a:b", "a\\x1bb", "\u4e16", "a\u200b", "a\u202e", "a*", "a.b", "a/b", "../a",
        "a\"", "~a", "+a", "@a", "&a", "a$",
    ];

    private static readonly string[] NoRooms =
    [
        "a", "#", "&a", "+a", "!a", "##a:b", "#a\\x1bb", "#a\u200bb", "#a\u202eb", "#a\\x02\u200bb", "*", "../etc", "/etc", "@#a",
        "#" + new string('a', 64), "#a:b",
    ];

    private static readonly string[] NoCommands =
    [
        "SQUIT x", "SERVER x 1 :x", "CONNECT x", "DIE", "RESTART",
        "NJOIN $room :$b", "ERROR :x", "001 $b :x", "353 $b = $room :x", "\\x1b[2J", "HEAD / HTTP/1.1", "/quit", "PRIVMSG\t$room\t:x",
        "\u4e16\u754c", "{\"type\":\"quit\"}",
    ];

    private static readonly string[] NoRights = ["KILL $b :x", "KILL muxchat.local :x", "REHASH", "WALLOPS :x"];

    private static string[] Flooded =>
        ["b PING 1", .. Enumerable.Repeat("b< :$A MODE $room ...s", 30), "b< :muxchat.local PONG muxchat.local :1"];

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        .. NeedsParameters.Select(
            command => new IrcCase(Hostile, $"{command} without anything",
                [.. First, $"n {command}", $"n< :muxchat.local {(command is "USER" or "PASS" or "CAP" ? "461" : "451")} * ..."])),
        .. NeedsParameters.Where(command => command is not ("USER" or "PASS"))
            .Select(command => new IrcCase(Hostile, $"{command} without anything, inside",
            [$"x {command}", $"x< :muxchat.local 461 $x {command} :Not enough parameters"])),
        .. OnlyInside.Select(command =>
            new IrcCase(Hostile, $"{Shown(command)} before one is in",
            [.. First, "n " + command, "n< :muxchat.local 451 * :You have not registered"])),
        .. NoNicks.Select(nick =>
            new IrcCase(Hostile, $"a nick {Shown(nick)}", ["n NICK :" + nick, "n< :muxchat.local 432 * ... :Erroneous nickname: ..."])),
        .. NoNicks.Select(nick =>
            new IrcCase(Hostile, $"a nick {Shown(nick)}, inside",
            ["a NICK :" + nick, "a< :muxchat.local 432 $a ... :Erroneous nickname: ...", "b PING 1",
                "b< :muxchat.local PONG muxchat.local :1"])),
        .. NoRooms.Select(room =>
            new IrcCase(Hostile, $"a room {Shown(room)}", ["x JOIN :" + room, "x< :muxchat.local 403 $x ... :No such channel"])),
        .. NoCommands.Select(command =>
            new IrcCase(Hostile, $"{Shown(command)} as a command",
            ["a " + command, "a< :muxchat.local 421 $a ... :Unknown command", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"])),
        .. NoRights.Select(command =>
            new IrcCase(Hostile, $"{command} by no operator",
            ["a " + command, "a< :muxchat.local 481 $a :Permission Denied- You're not an IRC operator", "b PING 1",
                "b< :muxchat.local PONG muxchat.local :1"])),
        new(Hostile, "OPER where there are no operators", ["a OPER root root", "a< :muxchat.local 491 $a :No O-lines for your host"]),
        new(Hostile, "a CR in the middle",
            ["a PRIVMSG $room :a\rQUIT", "a< :muxchat.local NOTICE $a :the line contains a NUL or a CR: it was dropped", "b PING 1",
                "b< :muxchat.local PONG muxchat.local :1"]),
        new(Hostile, "a NUL", ["a PRIVMSG $room :a\0b", "a< :muxchat.local NOTICE $a :the line contains a NUL or a CR: it was dropped",
            "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new(Hostile, "a NUL, for who knows FAIL",
            ["t PRIVMSG $room :a\0b", "t< FAIL * INVALID_LINE :the line contains a NUL or a CR: it was dropped"]),
        new(Hostile, "an LF makes two lines and nothing else",
            ["a PRIVMSG $room :one\nPRIVMSG $room :two", "b< :$A PRIVMSG $room :one", "b< :$A PRIVMSG $room :two"]),
        new(Hostile, "a hundred targets",
            ["a PRIVMSG " + string.Join(',', Enumerable.Repeat("$b", 30)) + " :x", "a< :muxchat.local 407 ...", "b< ...", "b< ...",
                "b< ...", "b< ..."]),
        new(Hostile, "commas and nothing else",
            ["x JOIN ,,,,", "x PART ,,,,", "x NAMES ,,,,", "x< :muxchat.local 366 $x * :End of /NAMES list"]),
        new(Hostile, "names of one room a hundred times",
            ["a NAMES " + string.Join(',', Enumerable.Repeat("$room", 40)), "a< :muxchat.local 407 $a $room :At most 4 targets",
                .. Enumerable.Repeat<string[]>(["a< ...353...", "a< ...366..."], 4).SelectMany(static pair => pair)]),
        new(Hostile, "a room name of four hundred bytes",
            ["x JOIN #" + new string('a', 400), "x< :muxchat.local 403 $x * :No such channel"]),
        new(Hostile, "a nick that begins with colons",
            ["x WHOIS ::x", "x< :muxchat.local 401 $x * :No such nick/channel", "x< :muxchat.local 318 $x * :End of /WHOIS list"]),
        new(Hostile, "CAP REQ of cap-notify off, from who knows 302",
            ["x CAP LS 302", "x< ...", "x CAP REQ :-cap-notify", "x< :muxchat.local CAP $x NAK :-cap-notify"]),
        new(Hostile, "a mode without a letter", ["a MODE $room :+"]),
        new(Hostile, "JOIN of thirty rooms",
            ["x JOIN " + string.Join(',', Enumerable.Range(0, 30).Select(i => $"#$x{i}")), .. Enumerable.Repeat("x< :$X JOIN ...", 20),
                .. Enumerable.Repeat("x< :muxchat.local 405 $x ...", 10), .. Enumerable.Repeat("x< ...", 40)]),
        new(Hostile, "a text of bidirectional controls passes as it does everywhere",
            ["a PRIVMSG $room :\u202eabc", "b< :$A PRIVMSG $room :\u202eabc"]),
        new(Hostile, "C1 controls", ["a PRIVMSG $room :a\u0085b", "a< :muxchat.local 404 $a $room :..."]),
        new(Hostile, "a quit message with an escape", ["a QUIT :\\x1b[31m", "a< ERROR :Closing link: you quit", "a< END", "b< :$A QUIT :"]),
        new(Hostile, "a part message with an escape",
            ["a PART $room :\\x1b[31m", "a< :muxchat.local 404 $a $room :the reason contains a control character: only tab is allowed",
                "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new(Hostile, "a topic with an escape",
            ["a TOPIC $room :\\x1b[31m", "a< :muxchat.local 404 $a $room :the topic contains a control character: only tab is allowed",
                "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new(Hostile, "an away message with an escape",
            ["a AWAY :\\x1b[31m", "a< :muxchat.local NOTICE $a :the reason contains a control character: only tab is allowed"]),
        new(Hostile, "a real name with an escape",
            ["n NICK $n", "n USER u 0 * :\\x1b[31m", "n< :muxchat.local NOTICE $n :The real name contains a control character"]),
        new(Hostile, "a user name of nothing but signs",
            ["n NICK $n", "n USER !@!@ 0 * :r", "n< :muxchat.local 001 $n :... $n!~user@localhost", .. Enumerable.Repeat("n< ...", 13)]),
        new(Hostile, "CAP END before anything", ["n CAP END", "n PING 1", "n< :muxchat.local PONG muxchat.local :1"]),
        new(Hostile, "CAP LS behind the nick holds the welcome back",
            ["n NICK $n", "n CAP LS", "n< :muxchat.local CAP $n LS :...", "n USER u 0 * :r", "n PING 1",
                "n< :muxchat.local PONG muxchat.local :1"]),
        new(Hostile, "CAP REQ of nothing", ["x CAP REQ :", "x< :muxchat.local CAP $x ACK :"]),
        new(Hostile, "CAP REQ of a minus", ["x CAP REQ :-", "x< :muxchat.local CAP $x NAK :-"]),
        new(Hostile, "CAP REQ of four hundred bytes", ["x CAP REQ :" + new string('a', 400), "x< :muxchat.local CAP $x NAK :aaa..."]),
        new(Hostile, "a mode flood that changes nothing",
        [
            .. Enumerable.Repeat("a MODE $room +m-m", 30), "a PING 1", "a< ...PONG...", "b PING 1", "b< ...PONG...",
        ]),
        new(Hostile, "a mode flood without end",
            [.. Turns("a MODE $room +s", "a MODE $room -s"), .. Turns("a< :$A MODE $room +s", "a< :$A MODE $room -s"), .. Flooded]),
        new(Hostile, "modes of many unknown letters",
            ["a MODE $room +" + new string('z', 300), .. Enumerable.Repeat("a< :muxchat.local 472 $a z :is unknown mode char to me", 8)]),
        new(Hostile, "an unknown mode that is no letter",
            ["a MODE $room +\u00e9", "a< :muxchat.local 472 $a * :is unknown mode char to me",
                "a< :muxchat.local 472 $a * :is unknown mode char to me"]),
        .. new[] { "a b", "a ", " ", "a\tb", ":x", "a\\x01b", "a\\x1b", new string('k', 300), "\u0085" }.Select(static key =>
            new IrcCase(Hostile, $"a key that cannot be shown: {Shown(key)}",
                ["a MODE $room +k :" + key, "a< :muxchat.local 696 $a $room k * :a key is 1 to 32 visible bytes, ..."])),
        new(Hostile, "a control character among modes refuses no other change",
            ["a MODE $room +m\\x01 x", "a< :muxchat.local 472 $a * :is unknown mode char to me", "a< :$A MODE $room +m",
                "a MODE $room +kn \\x1b", "a< :muxchat.local 696 $a $room k * :a key is ..."]),
        new(Hostile, "an empty key", ["a MODE $room +k :", "a< :muxchat.local 696 $a $room k * :mode k takes a key"]),
        new(Hostile, "a key with a comma", ["a MODE $room +k a,b", "a< :muxchat.local 696 $a $room k a,b :a key is ..."]),
        new(Hostile, "a mask with a space", ["a MODE $room +b :a b", "a< :muxchat.local 696 $a $room b * :a mask is ..."]),
        new(Hostile, "a nick with a space", ["a MODE $room +o :a b", "a< :muxchat.local 401 $a * :No such nick/channel"]),
        new(Hostile, "a limit with a space", ["a MODE $room +l :1 2", "a< :muxchat.local 696 $a $room l * :mode l takes a whole ..."]),
        new(Hostile, "a mask that is far too long",
            ["a MODE $room +b " + new string('x', 200), "a< :muxchat.local 696 $a $room b ... :a mask is ..."]),
        new(Hostile, "a mask of many stars bans all",
            ["a MODE $room +b " + new string('*', 90), "a< :$A MODE $room +b " + new string('*', 90) + "!*@*", "b PRIVMSG $room :x",
                "b< ...MODE...", "b< :muxchat.local 404 $b $room :Cannot send to channel"]),
        new(Hostile, "a limit beyond all numbers",
            ["a MODE $room +l 99999999999999999999",
                "a< :muxchat.local 696 $a $room l 99999999999999999999 :mode l takes a whole number from 1"]),
        new(Hostile, "KICK of many",
            ["a KICK $room n1,n2,n3,n4,n5", "a< ...401...", "a< ...401...", "a< ...401...", "a< ...401...",
                "a< :muxchat.local 407 $a n5 :At most 4 targets"]),
        new(Hostile, "KICK with a comment far too long",
            ["a KICK $room $b :" + new string('y', 400), "a< :$A KICK $room $b :" + new string('y', 200),
                "b< :$A KICK $room $b :" + new string('y', 200)]),
        new(Hostile, "KICK with an escape in the comment", ["a KICK $room $b :\\x1b[2J", "a< :muxchat.local 404 $a $room :..."]),
        new(Hostile, "INVITE of nobody to nowhere", ["a INVITE x :", "a< :muxchat.local 403 $a * :No such channel"]),
        new(Hostile, "huge modes",
            ["a MODE $room +" + new string('o', 300), .. Enumerable.Repeat("a< :muxchat.local 696 $a $room o * :mode o takes a nick", 8),
                "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new(Hostile, "a mask with many stars", ["x LIST " + string.Concat(Enumerable.Repeat("*a", 200)), "x< ...321...", "x< ...323..."]),
        new(Hostile, "a nick is taken while two log in with it",
            ["n NICK $z", "o NICK $z", "o PING 1", "o< ...PONG...", "n USER u 0 * :r", "n< :muxchat.local 001 $z ...",
                .. Enumerable.Repeat("n< ...", 13), "o USER u 0 * :r", "o< :muxchat.local 433 * $z :Nickname is already in use"]),
    ];

    private static string Shown(string text) => text.Any(char.IsControl) || text.Any(one => one > 126)
        ? string.Concat(text.Select(one => one is > ' ' and < '\u007f' ? one.ToString() : $"U+{(int)one:X4}"))
        : text;

    private static IEnumerable<string> Turns(string on, string off) => Enumerable.Range(0, 30).Select(turn => turn % 2 == 0 ? on : off);
}
