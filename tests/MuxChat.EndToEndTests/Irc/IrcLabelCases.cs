namespace MuxChat.EndToEndTests.Irc;

/// <summary>Labels and batches.</summary>
internal static class IrcLabelCases
{
    private const string Labels = "IRCv3 labeled-response";
    private const string Batches = "IRCv3 batch";

    private const string Support = "IRCv3 extended-isupport";

    private static readonly string Longest = new('l', 64);

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(Labels, "one line has the label", [.. On("x"), "x @label=ab12 PING 1", "x< @label=ab12 :muxchat.local PONG muxchat.local :1"]),
        new(Labels, "no answer is an ACK", [.. On("x"), "x @label=ab12 PONG 1", "x< @label=ab12 :muxchat.local ACK"]),
        new(Labels, "an error has the label",
            [.. On("x"), "x @label=e PRIVMSG nobody :x", "x< @label=e :muxchat.local 401 $x nobody :No such nick/channel"]),
        new(Labels, "an unknown command has the label",
            [.. On("x"), "x @label=u NONSENSE", "x< @label=u :muxchat.local 421 $x NONSENSE :Unknown command"]),
        new(Labels, "a missing parameter has the label",
            [.. On("x"), "x @label=m JOIN", "x< @label=m :muxchat.local 461 $x JOIN :Not enough parameters"]),
        new(Support, "before the login, for who asked for it",
            ["n CAP REQ :batch draft/extended-isupport", "n< ...ACK...", "n ISUPPORT", .. Supported("n", "*", ""), "n NICK $n",
                "n USER u 0 * :r", "n CAP END", .. Enumerable.Repeat("n< :muxchat.local 00...", 4),
                .. Supported("n", "$n", "").Select(Second),
                .. Enumerable.Repeat("n< :muxchat.local 2...", 6), "n< ...422..."]),
        new(Support, "before the login, and not asked for",
            ["n NICK $n", "n ISUPPORT", "n< :muxchat.local 451 $n :You have not registered"]),
        new(Support, "without a batch", ["x ISUPPORT", .. Enumerable.Repeat("x< :muxchat.local 005 $x ...", 3), "x PING 1",
            "x< :muxchat.local PONG muxchat.local :1"]),
        new(Support, "with a label: a batch in a batch",
        [
            .. On("x"), "x CAP REQ draft/extended-isupport", "x< ...ACK...", "x @label=i ISUPPORT",
            "x< @label=i :muxchat.local BATCH +1 labeled-response", .. Supported("x", "$x", "@batch=1 ").Select(Second),
            "x< :muxchat.local BATCH -1",
        ]),
        new(Batches, "several lines are a batch",
            [.. On("x"), "x @label=b INFO", "x< @label=b :muxchat.local BATCH +1 labeled-response", "x< @batch=1 :muxchat.local 371 ...",
                "x< @batch=1 :muxchat.local 371 ...", "x< @batch=1 :muxchat.local 371 ...",
                "x< @batch=1 :muxchat.local 374 $x :End of /INFO list",
                "x< :muxchat.local BATCH -1"]),
        new(Batches, "each batch has a reference of its own",
            [.. On("x"), "x @label=a PONG", "x< ...ACK", "x @label=b INFO", "x< @label=b :muxchat.local BATCH +2 labeled-response",
                "x< @batch=2 ...", "x< @batch=2 ...", "x< @batch=2 ...", "x< @batch=2 ...", "x< :muxchat.local BATCH -2"]),
        new(Labels, "WHOIS is a batch",
            [.. On("x"), "x @label=w WHOIS $x", "x< @label=w :muxchat.local BATCH +1 labeled-response", "x< @batch=1 ...311...",
                "x< @batch=1 ...312...", "x< @batch=1 ...378...", "x< @batch=1 ...317...", "x< @batch=1 ...318...",
                "x< :muxchat.local BATCH -1"]),
        new(Labels, "an answer that goes on is a batch to its end",
            [.. On("a"), "a @label=n NAMES $room", "a< @label=n :muxchat.local BATCH +1 labeled-response",
                "a< @batch=1 :muxchat.local 353 $a = $room :@$a", "a< @batch=1 :muxchat.local 366 ...", "a< :muxchat.local BATCH -1",
                "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new(Labels, "JOIN with its names is one batch",
            [.. On("x"), "x @label=j JOIN $room2", "x< @label=j :muxchat.local BATCH +1 labeled-response", "x< @batch=1 :$X JOIN $room2",
                "x< @batch=1 :muxchat.local 353 $x = $room2 :@$x", "x< @batch=1 :muxchat.local 366 ...", "x< :muxchat.local BATCH -1"]),
        new(Labels, "JOIN with what was said before",
            ["l one", "l /ping 1", "l< * pong 1", .. On("x"), "x @label=j JOIN $room", "l< * $x joined $room", "x< @label=j ...BATCH +1...",
                "x< @batch=1 ...JOIN $room", "x< @batch=1 ...353...", "x< @batch=1 ...366...",
                "x< @batch=1 :$l!$l@history NOTICE $room :[...] <$l> one", "x< :muxchat.local BATCH -1"]),
        new(Labels, "JOIN with what was said before, and its times: a batch in a batch",
            ["l one", "l /ping 1", "l< * pong 1", "x CAP REQ :batch labeled-response server-time", "x< ...ACK...", "x @label=j JOIN $room",
                "l< * $x joined $room", "x< @label=j ...BATCH +1 labeled-response", "x< @batch=1;time=... ...JOIN $room",
                "x< @batch=1 ...353...", "x< @batch=1 ...366...", "x< @batch=1 :muxchat.local BATCH +2 chathistory $room",
                "x< @batch=2;time=... :$l!$l@history PRIVMSG $room :one", "x< @batch=1 :muxchat.local BATCH -2",
                "x< :muxchat.local BATCH -1", "x @label=k PING 1", "x< @label=k ...PONG..."]),
        new(Labels, "a part, a topic and a nick",
            [.. On("a"), "a @label=t TOPIC $room :x", "a< @label=t :$A TOPIC $room :x", "a @label=p PART $room :bye",
                "a< @label=p :$A PART $room :bye", "a @label=n NICK $z", "a< @label=n :$A NICK $z", "b< :$A TOPIC $room :x",
                "b< :$A PART $room :bye"]),
        new(Labels, "a nick in a room", [.. On("a"), "a @label=n NICK $z", "a< @label=n :$A NICK $z", "b< :$A NICK $z"]),
        new(Labels, "one's own line comes back with the label, and the others' without",
            [.. On("t"), "t @label=m PRIVMSG $room :hi", "t< @label=m;time=...;msgid=... :$T PRIVMSG $room :hi",
                "a< :$T PRIVMSG $room :hi"]),
        new(Labels, "a line that does not come back is an ACK",
            [.. On("a"), "a @label=m PRIVMSG $room :hi", "a< @label=m :muxchat.local ACK", "b< :$A PRIVMSG $room :hi"]),
        new(Labels, "one's own long line comes back as a batch",
            [.. On("t"), $"t @label=m PRIVMSG $room :{new string('x', 480)}", "t< @label=m :muxchat.local BATCH +1 labeled-response",
                "t< @batch=1;time=...;msgid=... :$T PRIVMSG $room :xxx...", "t< @batch=1;time=... :$T PRIVMSG $room :x...",
                "t< :muxchat.local BATCH -1", "b< ...", "b< ..."]),
        new(Labels, "one's own private message comes back with the label",
            [.. On("t"), "t @label=m PRIVMSG $a :psst", "t< @label=m;time=... :$T PRIVMSG $a :psst", "a< :$T PRIVMSG $a :psst"]),
        new(Labels, "a message to oneself: the echo has the label, what was delivered has not",
            [.. On("t"), "t @label=m PRIVMSG $t :me", "t< @time=... :$T PRIVMSG $t :me", "t< @label=m;time=... :$T PRIVMSG $t :me"]),
        new(Labels, "a message to oneself that does not come back",
            [.. On("a"), "a @label=m PRIVMSG $a :me", "a< :$A PRIVMSG $a :me", "a< @label=m :muxchat.local ACK"]),
        new(Labels, "a message to two is a batch",
            [.. On("t"), "t @label=m PRIVMSG $a,$b :psst", "t< @label=m ...BATCH +1 labeled-response",
                "t< @batch=1;time=... :$T PRIVMSG $a :psst", "t< @batch=1;time=... :$T PRIVMSG $b :psst", "t< :muxchat.local BATCH -1",
                "a< ...", "b< ..."]),
        new(Labels, "what others say meanwhile has no label",
            [.. On("a"), "b PRIVMSG $room :one", "a< :$B PRIVMSG $room :one", "a @label=p PING 1", "a< @label=p ...PONG..."]),
        new(Labels, "CTCP comes back with the label",
            [.. On("t"), "t @label=c PRIVMSG $b :\\x01VERSION\\x01", "t< @label=c;time=... :$T PRIVMSG $b :\\x01VERSION\\x01",
                "b< :$T PRIVMSG $b :\\x01VERSION\\x01"]),
        new(Labels, "CAP has the label",
            [.. On("x"), "x @label=c CAP LIST", "x< @label=c :muxchat.local CAP $x LIST :batch labeled-response"]),
        new(Labels, "the goodbye to QUIT has the label",
            [.. On("a"), "a @label=q QUIT :bye", "a< @label=q ERROR :Closing link: you quit", "a< END", "b< :$A QUIT :Quit: bye"]),
        new(Labels, "QUIT before one is in",
            ["n CAP REQ :batch labeled-response", "n< ...ACK...", "n @label=q QUIT", "n< @label=q ERROR :Closing link: you quit",
                "n< END"]),
        new(Labels, "a QUIT that is not UTF-8",
            [.. On("x"), "x @label=q QUIT \\xff", "x< @label=q :muxchat.local BATCH +1 labeled-response", "x< @batch=1 WARN QUIT ...",
                "x< @batch=1 ERROR :Closing link: you quit", "x< :muxchat.local BATCH -1", "x< END"]),
        new(Labels, "a command that ends the connection",
            [.. On("x"), "x @label=w WEBIRC a b c d", "x< @label=w ERROR :Closing link: ...", "x< END"]),
        new(Labels, "before one is in",
            ["n CAP REQ :batch labeled-response", "n< ...ACK...", "n @label=1 NICK $n", "n< @label=1 :muxchat.local ACK",
                "n @label=2 CAP END", "n< @label=2 ...ACK"]),
        new(Labels, "a label of 64 bytes", [.. On("x"), $"x @label={Longest} PONG", $"x< @label={Longest} :muxchat.local ACK"]),
        new(Labels, "a label of 65 bytes is none", [.. On("x"), $"x @label=1{Longest} PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new("IRCv3 message-tags: escaping", "a label with escapes comes back with escapes",
            [.. On("x"), "x @label=a\\:b\\s\\\\c PONG", "x< @label=a\\:b\\s\\\\c :muxchat.local ACK"]),
        new("IRCv3 message-tags: escaping", "a backslash at the end is dropped, and one before any other letter",
            [.. On("x"), "x @label=a\\b\\ PONG", "x< @label=ab :muxchat.local ACK"]),
        new(Labels, "an empty label is none", [.. On("x"), "x @label= PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new(Labels, "a label among other tags",
            [.. On("x"), "x @a=b;label=l;+c PING 1", "x< @label=l :muxchat.local PONG muxchat.local :1"]),
        new(Labels, "without batch there are no labels",
            ["x CAP REQ labeled-response", "x< ...ACK...", "x @label=l PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new(Labels, "who did not ask for labels has none", ["x @label=l PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
    ];

    private static string[] On(string who) =>
        [$"{who} CAP REQ :batch labeled-response", $"{who}< :muxchat.local CAP ${who} ACK :batch labeled-response"];

    // The first batch of a client has number 1, the second has 2.
    private static string[] Supported(string who, string nick, string outer) =>
    [
        $"{who}< {outer}:muxchat.local BATCH +1 draft/isupport", .. Enumerable.Repeat($"{who}< @batch=1 :muxchat.local 005 {nick} ...", 3),
        $"{who}< {outer}:muxchat.local BATCH -1",
    ];

    private static string Second(string step) => step.Replace("+1 draft", "+2 draft", StringComparison.Ordinal)
        .Replace("@batch=1 :muxchat.local 005", "@batch=2 :muxchat.local 005", StringComparison.Ordinal)
        .Replace("BATCH -1", "BATCH -2", StringComparison.Ordinal);
}
