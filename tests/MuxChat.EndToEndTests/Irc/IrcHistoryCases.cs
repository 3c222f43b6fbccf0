namespace MuxChat.EndToEndTests.Irc;

/// <summary>CHATHISTORY, and what is played back.</summary>
internal static class IrcHistoryCases
{
    private const string Spec = "IRCv3 chathistory";
    private const string Ago = "timestamp=1999-01-01T00:00:00.000Z";
    private const string Hence = "timestamp=2199-01-01T00:00:00.000Z";

    private static readonly string[] Texts = ["one", "two", "three"];

    // Three lines, of which t knows the names.
    private static readonly string[] Said =
    [
        "t CAP REQ :batch draft/chathistory", "t< ...ACK...",
        "a PRIVMSG $room :one", "t< @time=...;msgid=%1% :$A PRIVMSG $room :one",
        "a PRIVMSG $room :two", "t< @time=...;msgid=%2% :$A PRIVMSG $room :two",
        "a PRIVMSG $room :three", "t< @time=...;msgid=%3% :$A PRIVMSG $room :three",
    ];

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        Asked("LATEST *", "LATEST $room * 10", 1, 2, 3),
        Asked("LATEST * of the last two", "LATEST $room * 2", 2, 3),
        Asked("LATEST after a message", "LATEST $room msgid=%1% 10", 2, 3),
        Asked("LATEST after a message, of the last one", "LATEST $room msgid=%1% 1", 3),
        Asked("LATEST after a time", $"LATEST $room {Ago} 2", 2, 3),
        Asked("LATEST after a time to come", $"LATEST $room {Hence} 2"),
        Asked("BEFORE a message", "BEFORE $room msgid=%3% 10", 1, 2),
        Asked("BEFORE a message, the one nearest", "BEFORE $room msgid=%3% 1", 2),
        Asked("BEFORE the first message", "BEFORE $room msgid=%1% 10"),
        Asked("BEFORE a time", $"BEFORE $room {Hence} 2", 2, 3),
        Asked("AFTER a message", "AFTER $room msgid=%1% 10", 2, 3),
        Asked("AFTER a message, the one nearest", "AFTER $room msgid=%1% 1", 2),
        Asked("AFTER a time", $"AFTER $room {Ago} 2", 1, 2),
        Asked("AFTER the last message", "AFTER $room msgid=%3% 10"),
        Asked("AROUND a message", "AROUND $room msgid=%2% 3", 1, 2, 3),
        Asked("AROUND a message, it alone", "AROUND $room msgid=%2% 1", 2),
        Asked("BETWEEN two messages", "BETWEEN $room msgid=%1% msgid=%3% 10", 2),
        Asked("BETWEEN two messages, backwards", "BETWEEN $room msgid=%3% msgid=%1% 10", 2),
        Asked("BETWEEN two times: from the first", $"BETWEEN $room {Ago} {Hence} 2", 1, 2),
        Asked("BETWEEN two times, backwards: from the last", $"BETWEEN $room {Hence} {Ago} 2", 2, 3),
        Asked("BETWEEN a message and itself", "BETWEEN $room msgid=%2% msgid=%2% 10"),
        Asked("BETWEEN a message and a time", $"BETWEEN $room msgid=%2% {Hence} 10", 3),
        Asked("a subcommand in small letters", "latest $room * 1", 3),
        Asked("more than there may be", "LATEST $room * 100000", 1, 2, 3),
        new(Spec, "with a label: the batch has it",
            [.. Said, "t CAP REQ :labeled-response", "t< ...ACK...", "t @label=h CHATHISTORY LATEST $room * 1",
                "t< @label=h :muxchat.local BATCH +1 chathistory $room", Line(3), "t< :muxchat.local BATCH -1"]),
        new(Spec, "who entered later may ask for what was said before",
            ["a PRIVMSG $room :one", "a PING 1", "a< ...PONG...", "x CAP REQ :batch draft/chathistory", "x< ...ACK...", "x JOIN $room",
                "a< :$X JOIN $room", "x< :$X JOIN $room", "x< ...353...", "x< ...366...", "x CHATHISTORY LATEST $room * 10",
                "x< ...:muxchat.local BATCH +1 chathistory $room", "x< @batch=1 :$a!$a@history PRIVMSG $room :one",
                "x< :muxchat.local BATCH -1"]),
        new(Spec, "without batch the lines come by themselves, and what was said is shown on entering",
            ["a PRIVMSG $room :one", "a PING 1", "a< ...PONG...", "x CAP REQ :draft/chathistory", "x< ...ACK...", "x JOIN $room",
                "a< :$X JOIN $room", "x< :$X JOIN $room", "x< ...353...", "x< ...366...", "x< :$a!$a@history NOTICE $room :[...] <$a> one",
                "x CHATHISTORY LATEST $room * 10", "x< :$a!$a@history PRIVMSG $room :one"]),
        new(Spec, "a notice comes as a notice",
            ["t CAP REQ :batch", "t< ...ACK...", "a NOTICE $room :beep", "t< @time=%1%;msgid=%2% :$A NOTICE $room :beep",
                "t CHATHISTORY LATEST $room * 10", "t< ...BATCH +1...",
                "t< @batch=1;time=%1%;msgid=%2% :$a!$a@history NOTICE $room :beep", "t< :muxchat.local BATCH -1"]),
        new(Spec, "what is shown on entering is as it was said",
            ["a MODE $a +B", "a< ...", "a NOTICE $room :beep", "t< ...NOTICE...", "t @+x=1 PRIVMSG $room :hi", "a< ...", "t< ...PRIVMSG...",
                "x CAP REQ :message-tags", "x< ...ACK...", "x JOIN $room", "a< ...JOIN...", "t< ...JOIN...", "x< ...JOIN...",
                "x< ...353...", "x< ...366...", "x< @msgid=...;bot :$a!$a@history NOTICE $room :[20...] <$a> beep",
                "x< @msgid=...;+x=1 :$t!$t@history NOTICE $room :[20...] <$t> hi"]),
        new(Spec, "on lines and frames a notice of the past is a line as it was live",
            ["t @+x NOTICE $room :beep", "t< ...", "l< <$t> beep",
                "f< {\"type\":\"said\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$t\",\"text\":\"beep\"}",
                "l /history 1", "l< * ... <$t> beep", "f {\"type\":\"history\",\"room\":\"$room\",\"after\":3}",
                "f< {\"type\":\"history\",\"room\":\"$room\",\"events\":[{\"type\":\"said\",\"epoch\":\"...\",\"seq\":\"...\","
                    + "\"time\":\"...\",\"from\":\"$t\",\"text\":\"beep\"}],\"more\":false}"]),
        new(Spec, "what was said on lines",
            ["t CAP REQ :batch", "t< ...ACK...", "l /me waves", "t< ...", "t CHATHISTORY LATEST $room * 10",
                "t< :muxchat.local BATCH +1 chathistory $room",
                "t< @batch=1;time=...;msgid=... :$l!$l@history PRIVMSG $room :\\x01ACTION waves\\x01", "t< :muxchat.local BATCH -1"]),
        new(Spec, "a long line of the past is several, each of the batch",
            ["a CAP REQ :batch", "a< ...ACK...", $"a PRIVMSG $room :{new string('x', 490)}", "a CHATHISTORY LATEST $room * 10",
                "a< ...BATCH +1...", "a< @batch=1 :$a!$a@history PRIVMSG $room :xxx...", "a< @batch=1 :$a!$a@history PRIVMSG $room :x...",
                "a< :muxchat.local BATCH -1"]),
        new("IRCv3 event-playback", "what else happened, for who asks for it",
            ["a CAP REQ :batch draft/event-playback", "a< ...ACK...", "b TOPIC $room :cheese", "a< ...", "b NICK $z", "a< ...",
                "b PART $room :bye", "a< ...", "a CHATHISTORY LATEST $room * 4", "a< ...BATCH +1...",
                "a< @batch=1 :$b!$b@history JOIN $room", "a< @batch=1 :$b!$b@history TOPIC $room :cheese",
                "a< @batch=1 :$b!$b@history NICK $z", "a< @batch=1 :$z!$z@history PART $room :bye", "a< :muxchat.local BATCH -1", "b< ...",
                "b< ...", "b< ..."]),
        new("IRCv3 event-playback", "a quit of the past",
        [
            "a CAP REQ :batch draft/event-playback", "a< ...ACK...", "b QUIT :so long", "b< ...", "b< END", "a< :$B QUIT :Quit: so long",
            "a CHATHISTORY LATEST $room * 1", "a< ...BATCH +1...", "a< @batch=1 :$b!$b@history QUIT :Quit: so long",
            "a< :muxchat.local BATCH -1",
        ]),
        new(Spec, "TARGETS", ["a CAP REQ :batch", "a< ...ACK...", "a PRIVMSG $room :one", $"a CHATHISTORY TARGETS {Ago} {Hence} 10",
            "a< :muxchat.local BATCH +1 draft/chathistory-targets", "a< @batch=1 :muxchat.local CHATHISTORY TARGETS $room 20...Z",
            "a< :muxchat.local BATCH -1"]),
        new(Spec, "TARGETS where nothing was said",
            ["a CAP REQ :batch", "a< ...ACK...", $"a CHATHISTORY TARGETS {Ago} {Hence} 10", "a< ...BATCH +1 ...",
                "a< :muxchat.local BATCH -1"]),
        new(Spec, "TARGETS of another time",
            ["a CAP REQ :batch", "a< ...ACK...", "a PRIVMSG $room :one", $"a CHATHISTORY TARGETS {Ago} {Ago} 10", "a< ...BATCH +1 ...",
                "a< :muxchat.local BATCH -1"]),
        Refused("TARGETS by a message", $"TARGETS msgid=1-1 {Ago} 10", "INVALID_MSGREFTYPE TARGETS msgid=1-1 :Invalid message reference"),
        Refused("nothing", "", "INVALID_PARAMS * :Insufficient parameters"),
        Refused("no reference", "LATEST $room", "INVALID_PARAMS LATEST :Insufficient parameters"),
        Refused("one reference where there must be two", "BETWEEN $room msgid=1-1 10", "INVALID_PARAMS BETWEEN :Insufficient parameters"),
        Refused("an unknown subcommand", "NEVER $room * 10", "INVALID_PARAMS NEVER :Unknown command"),
        Refused("a limit that is none", "LATEST $room * x", "INVALID_PARAMS LATEST x :Invalid limit"),
        Refused("a limit of 0", "LATEST $room * 0", "INVALID_PARAMS LATEST 0 :Invalid limit"),
        Refused("a room that one is not in", "LATEST $room2 * 10", "INVALID_TARGET LATEST $room2 :Messages could not be retrieved"),
        Refused("a private conversation: nothing of it is remembered", "LATEST $b * 10",
            "INVALID_TARGET LATEST $b :Messages could not be retrieved"),
        Refused("another kind of reference", "AFTER $room id=1 10",
            "INVALID_MSGREFTYPE AFTER $room id=1 :Unknown kind of message reference"),
        Refused("a time that is none", "AFTER $room timestamp=yesterday 10",
            "INVALID_PARAMS AFTER timestamp=yesterday :Invalid message reference"),
        Refused("an id that is none", "AFTER $room msgid=abc 10", "INVALID_PARAMS AFTER msgid=abc :Invalid message reference"),
        Refused("an asterisk where there must be a reference", "BEFORE $room * 10", "INVALID_PARAMS BEFORE * :Invalid message reference"),
        Refused("more parameters than there are", "LATEST $room * 10 more", "INVALID_PARAMS LATEST :Too many parameters"),
        Refused("more parameters than two references need", "BETWEEN $room msgid=1-1 msgid=1-2 10 more",
            "INVALID_PARAMS BETWEEN :Too many parameters"),
        Unknown("AFTER $room msgid=1-1 10"), Unknown("BEFORE $room msgid=1-1 10"), Unknown("LATEST $room msgid=1-1 10"),
        Unknown("AROUND $room msgid=1-1 10"), Unknown("BETWEEN $room msgid=%1% msgid=1-1 10"),
        Ended("LATEST of fewer than there are", "LATEST $room * 2", false, 2, 3), Ended("LATEST of all", "LATEST $room * 3", true, 1, 2, 3),
        Ended("LATEST of all after one", "LATEST $room msgid=%1% 2", true, 2, 3),
        Ended("BEFORE, not all", "BEFORE $room msgid=%3% 1", false, 2),
        Ended("BEFORE, all", "BEFORE $room msgid=%3% 2", true, 1, 2), Ended("AFTER, not all", "AFTER $room msgid=%1% 1", false, 2),
        Ended("AFTER, all", "AFTER $room msgid=%1% 2", true, 2, 3), Ended("AROUND, not all", "AROUND $room msgid=%2% 2", false, 1, 2),
        Ended("AROUND, all", "AROUND $room msgid=%2% 3", true, 1, 2, 3),
        Ended("BETWEEN, not all", $"BETWEEN $room {Ago} msgid=%3% 1", false, 1),
        Ended("BETWEEN, all", "BETWEEN $room msgid=%3% msgid=%1% 1", true, 2),
        new(Spec, "the end, with a label", [.. Said, "t CAP REQ :labeled-response", "t< ...ACK...",
            "t @label=h CHATHISTORY LATEST $room * 9",
            "t< @label=h;draft/chathistory-end :muxchat.local BATCH +1 chathistory $room", Line(1), Line(2), Line(3),
            "t< :muxchat.local BATCH -1"]),
        new(Spec, "the end of TARGETS",
        [
            .. Said, "t JOIN $room2", "t< ...JOIN...", "t< ...353...", "t< ...366...", "t PRIVMSG $room2 :x", "t< ...PRIVMSG...",
            $"t CHATHISTORY TARGETS {Ago} {Hence} 1", "t< :muxchat.local BATCH +1 draft/chathistory-targets",
            "t< ...CHATHISTORY TARGETS #...",
            "t< :muxchat.local BATCH -1", $"t CHATHISTORY TARGETS {Ago} {Hence} 2",
            "t< @draft/chathistory-end :muxchat.local BATCH +2 draft/chathistory-targets", "t< ...", "t< ...", "t< :muxchat.local BATCH -2",
        ]),
        new("IRCv3 chathistory: ISUPPORT", "the limit and the kinds of reference",
            ["n NICK $n", "n USER u 0 * :r", .. Enumerable.Repeat("n< ...", 6),
                "n< :muxchat.local 005 $n ...CHATHISTORY=100 MSGREFTYPES=msgid,timestamp...", .. Enumerable.Repeat("n< ...", 7)]),
    ];

    private static string Line(int one) => $"t< @batch=1;time=...;msgid=%{one}% :$a!$a@history PRIVMSG $room :{Texts[one - 1]}";

    private static IrcCase Asked(string name, string asked, params int[] lines) =>
        new(Spec, name, [.. Said, "t CHATHISTORY " + asked, "t< ...:muxchat.local BATCH +1 chathistory $room", .. lines.Select(Line),
        "t< :muxchat.local BATCH -1"]);

    // The mark on a batch says that a further request finds nothing.
    private static IrcCase Ended(string name, string asked, bool isEnd, params int[] lines) =>
        new("IRCv3 chathistory-end", name, [.. Said, "t CHATHISTORY " + asked,
            $"t< {(isEnd ? "@draft/chathistory-end " : "")}:muxchat.local BATCH +1 chathistory $room", .. lines.Select(Line),
            "t< :muxchat.local BATCH -1"]);

    // Of an id that the room does not know nothing is told, not even that this is the end.
    private static IrcCase Unknown(string asked) => new(Spec, "an id that there never was: " + asked,
        [.. Said, "t CHATHISTORY " + asked, "t< :muxchat.local BATCH +1 chathistory $room", "t< :muxchat.local BATCH -1"]);

    private static IrcCase Refused(string name, string asked, string answer) =>
        new(Spec, name, ["a CHATHISTORY " + asked, "a< FAIL CHATHISTORY " + answer, "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]);
}
