namespace MuxChat.EndToEndTests.Irc;

/// <summary>REDACT: messages that are taken back, and what others are told.</summary>
internal static class IrcRedactionCases
{
    private const string Spec = "IRCv3 message-redaction";
    private const string Errors = "IRCv3 message-redaction: errors";
    private const string History = "IRCv3 message-redaction: chat history";
    private const string Caps = "CAP REQ :draft/message-redaction message-tags batch labeled-response";

    // Who is in the room first is its operator, and of a case that is who is named first.
    private static readonly string[] Known = ["a " + Caps, "a< ...ACK...", "b " + Caps, "b< ...ACK...", "t " + Caps, "t< ...ACK..."];

    private static readonly string[] Said =
        [.. Known, "t PRIVMSG $room :oops", "t< @time=...Z;msgid=%1% ...", "a< @msgid=%1% ...", "b< @msgid=%1% ...", "c< :$T PRIVMSG..."];

    private static readonly string[] Unheard = ["a PING 1", "a< ...PONG...", "b PING 1", "b< ...PONG..."];

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(Spec, "one's own line, in each protocol",
            [.. Said, "l< <$t> oops",
                "f< {\"type\":\"said\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$t\",\"text\":\"oops\"}",
                "t REDACT $room %1% :wrong room", "t< @time=...Z;msgid=...-... :$T REDACT $room %1% :wrong room",
                "a< @msgid=...-... :$T REDACT $room %1% :wrong room", "b< @msgid=...-... :$T REDACT $room %1% :wrong room",
                "l< * $t removed a line: wrong room",
                "f< {\"type\":\"redact\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$t\",\"target\":\"...\","
                    + "\"target_epoch\":\"...\",\"reason\":\"wrong room\"}"]),
        new(Spec, "without a reason",
            [.. Said, "t redact $room %1%", "t< @time=...Z;msgid=...-... :$T REDACT $room %1%", "a< @msgid=...-... :$T REDACT $room %1%",
                "b< @msgid=...-... :$T REDACT $room %1%", "l< <$t> oops", "l< * $t removed a line"]),
        new(Spec, "with a label",
            [.. Said, "t @label=7 REDACT $room %1%", "t< @label=7;time=...Z;msgid=...-... :$T REDACT $room %1%", "a< ...REDACT $room %1%",
                "b< ...REDACT $room %1%"]),
        new(Spec, "another's line, by an operator",
            [.. Said, "a REDACT $room %1% :spam", "a< @msgid=...-... :$A REDACT $room %1% :spam", "b< ...:$A REDACT $room %1% :spam",
                "t< ...:$A REDACT $room %1% :spam"]),
        new(Spec, "what somebody does, and a notice",
            [.. Known, "t PRIVMSG $room :\\x01ACTION waves\\x01", "t< @time=...Z;msgid=%1% ...", "a< ...", "b< ...", "t NOTICE $room :hi",
                "t< @time=...Z;msgid=%2% ...", "a< ...", "b< ...", "t REDACT $room %1%", "t< ...REDACT $room %1%", "a< ...REDACT $room %1%",
                "b< ...REDACT $room %1%", "t REDACT $room %2%", "t< ...REDACT $room %2%", "a< ...REDACT $room %2%",
                "b< ...REDACT $room %2%"]),
        new(Spec, "after another nick",
            [.. Said, "t NICK $z", "t< ...", "a< ...", "b< ...", "c< ...", "t REDACT $room %1%", "t< ...:$z!...REDACT $room %1%",
                "a< ...REDACT $room %1%", "b< ...REDACT $room %1%"]),
        new(Spec, "a private message",
            [.. Known, "t PRIVMSG $b :psst", "t< @time=...Z;msgid=%1% ...", "b< @msgid=%1% ...", "t REDACT $b %1% :oops",
                "t< @time=...Z;msgid=m%2% :$T REDACT $b %1% :oops", "b< @msgid=m%2% :$T REDACT $b %1% :oops"]),
        new(Spec, "a private message after the other took another nick",
            [.. Known, "t PRIVMSG $b :psst", "t< @time=...Z;msgid=%1% ...", "b< ...", "b NICK $z", "b< ...", "a< ...", "t< ...",
                "t REDACT $z %1%", "t< ...REDACT $z %1%", "b< ...REDACT $z %1%"]),
        new(Spec, "a private message to oneself",
            [.. Known, "t PRIVMSG $t :psst", "t< @time=...Z;msgid=%1% ...", "t< @time=...Z;msgid=%1% ...", "t REDACT $t %1%",
                "t< ...REDACT $t %1%"]),
        new(Spec, "a private message to somebody on netcat, and to a program",
            [.. Known, "t PRIVMSG $l,$f :psst", "t< @time=...Z;msgid=%1% ...", "t< @time=...Z;msgid=%2% ...", "l< <$t -> $l> psst",
                "f< {\"type\":\"msg\",\"from\":\"$t\",\"to\":\"$f\",\"text\":\"psst\",\"time\":\"...\"}", "t REDACT $l %1% :oops",
                "t< ...REDACT $l %1% :oops", "l< * $t removed a private message: oops", "t REDACT $f %2%", "t< ...REDACT $f %2%"]),
        new(Spec, "tags without a text",
            [.. Known, "t @+draft/react=x TAGMSG $room", "t< @time=...Z;msgid=%1%;...", "a< @msgid=%1%;...", "b< @msgid=%1%;...",
                "t REDACT $room %1%", "t< ...:$T REDACT $room %1%", "a< ...:$T REDACT $room %1%", "b< ...:$T REDACT $room %1%",
                "t @+draft/react=x TAGMSG $b", "t< @time=...Z;msgid=%2%;...", "b< ...", "t REDACT $b %2%", "t< ...REDACT $b %2%",
                "b< ...REDACT $b %2%", "l /ping 1", "l< * pong 1", "f {\"type\":\"ping\",\"token\":\"1\"}",
                "f< {\"type\":\"pong\",\"token\":\"1\"}"]),
        new(Errors, "too few parameters",
            ["t REDACT", "t< FAIL REDACT NEED_MORE_PARAMS :Missing parameters", "t REDACT $room",
                "t< FAIL REDACT NEED_MORE_PARAMS :Missing parameters"]),
        new(Errors, "another's line",
            [.. Said, "b REDACT $room %1%",
                "b< FAIL REDACT REDACT_FORBIDDEN $room %1% :only its author and operators of the room may remove a message", .. Unheard]),
        new(Errors, "one's own line from another connection",
            [.. Said, "t QUIT", "t< ERROR...", "t< END", "a< ...", "b< ...", "c< ...", "x NICK $t", "x< ...",
                "x CAP REQ :batch draft/chathistory", "x< ...ACK...", "x JOIN $room", "a< ...", "b< ...", "c< ...", "x< ...JOIN...",
                "x< ...353...", "x< ...366...", "x REDACT $room %1%",
                "x< FAIL REDACT REDACT_FORBIDDEN $room %1% :only its author and operators of the room may remove a message"]),
        new(Errors, "a line of another room",
            [.. Said, "a JOIN $room2", "a< ...", "a< ...353...", "a< ...366...", "a REDACT $room2 %1%",
                "a< FAIL REDACT UNKNOWN_MSGID $room2 %1% :there is no such message, or it is too old", .. Unheard]),
        new(Errors, "a line that is gone",
            [.. Said, "t REDACT $room %1%", "t< ...", "a< ...", "b< ...", "a REDACT $room %1%",
                "a< FAIL REDACT UNKNOWN_MSGID $room %1% :there is no such message, or it is too old", .. Unheard]),
        new(Errors, "no message: an id that is none, and that of a topic",
            [.. Known, "a TOPIC $room :tea", "a< @msgid=%1% ...", "b< ...", "t< ...", "a REDACT $room %1%",
                "a< FAIL REDACT UNKNOWN_MSGID...", "a REDACT $room nonexistent123",
                "a< FAIL REDACT UNKNOWN_MSGID $room nonexistent123 :there is no such message, or it is too old",
                "a REDACT $room 1-1", "a< FAIL REDACT UNKNOWN_MSGID...", "a REDACT $room m1-1", "a< FAIL REDACT UNKNOWN_MSGID..."]),
        new(Errors, "a room that there is not, and one from outside",
            ["x REDACT $room2 1-1", "x< FAIL REDACT INVALID_TARGET $room2 :there is no room $room2: join it to create it",
                "a PING 1", "a< ...PONG...", "x REDACT $room 1-1",
                "x< FAIL REDACT INVALID_TARGET $room :you are not in $room: join it first",
                "x REDACT nobody m1-1", "x< FAIL REDACT INVALID_TARGET nobody :no such nick: nobody", "x REDACT @$room m1-1",
                "x< FAIL REDACT INVALID_TARGET @$room :..."]),
        new(Errors, "a private message of another, to another, and twice",
            [.. Known, "t PRIVMSG $b :psst", "t< @time=...Z;msgid=%1% ...", "b< ...", "b REDACT $t %1%",
                "b< FAIL REDACT UNKNOWN_MSGID $t %1%...", "a REDACT $b %1%", "a< FAIL REDACT UNKNOWN_MSGID...", "t REDACT $a %1%",
                "t< FAIL REDACT UNKNOWN_MSGID $a %1%...",
                "t REDACT $room %1%", "t< FAIL REDACT UNKNOWN_MSGID...", "t REDACT $b %1%", "t< ...REDACT...", "b< ...REDACT...",
                "t REDACT $b %1%", "t< FAIL REDACT UNKNOWN_MSGID $b %1%..."]),
        new(Errors, "a reason is speech",
            [.. Said, "a MODE $room +m", "a< ...", "b< ...", "c< ...", "t< ...", "t REDACT $room %1% :but I must say",
                "t< FAIL REDACT REDACT_FORBIDDEN $room %1% :$room is moderated: ask an operator of the room for voice",
                "a REDACT $room %1% :a\\x1b[2Jb", "a< FAIL REDACT INVALID_PARAMS $room %1% :the reason contains a control character...",
                .. Unheard]),
        new(History, "a removed line is not told again, and with event-playback its removal is",
            [.. Said, "t PRIVMSG $room :fine", "t< @time=...;msgid=%2% ...", "a< ...", "b< ...", "c< ...", "t REDACT $room %1% :wrong",
                "t< ...", "a< ...", "b< ...", "t CHATHISTORY LATEST $room * 10", "t< ...BATCH...",
                "t< @batch=1;time=...;msgid=%2% :$t!$t@history PRIVMSG $room :fine", "t< ...BATCH...", "b CAP REQ draft/event-playback",
                "b< ...ACK...", "b CHATHISTORY AFTER $room msgid=%1% 10", "b< ...BATCH...", "b< ...:fine",
                "b< @batch=1;msgid=... :$t!$t@history REDACT $room %1% :wrong", "b< ...BATCH...",
                "c CAP REQ :batch draft/event-playback", "c< ...ACK...", "c CHATHISTORY AFTER $room msgid=%1% 10", "c< ...BATCH...",
                "c< @batch=1 :$t!$t@history PRIVMSG $room :fine", "c< ...BATCH..."]),
        new(History, "who enters is not shown a removed line",
            [.. Said, "t REDACT $room %1%", "t< ...", "a< ...", "b< ...", "x JOIN $room", "x< :$X JOIN $room", "a< ...", "b< ...", "c< ...",
                "t< ...", "x< ...353...", "x< ...366..."]),
    ];
}
