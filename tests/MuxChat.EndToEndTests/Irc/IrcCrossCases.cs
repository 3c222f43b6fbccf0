namespace MuxChat.EndToEndTests.Irc;

/// <summary>One room for people on netcat, on IRC, and programs on frames: every event from each to each.</summary>
internal static class IrcCrossCases
{
    private const string One = "one room";

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(One, "said on IRC", ["a PRIVMSG $room :hi", "l< <$a> hi", "f< {\"type\":\"said\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$a\",\"text\":\"hi\"}"]),
        new(One, "said on lines", ["l hi", "a< :$L PRIVMSG $room :hi", "f< {\"type\":\"said\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$l\",\"text\":\"hi\"}"]),
        new(One, "said on frames", ["f {\"type\":\"say\",\"room\":\"$room\",\"text\":\"hi\"}", "a< :$F PRIVMSG $room :hi", "l< <$f> hi"]),
        new(One, "done on IRC", ["a PRIVMSG $room :\\x01ACTION waves\\x01", "l< ** $a waves", "f< {\"type\":\"acted\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$a\",\"text\":\"waves\"}"]),
        new(One, "done on lines", ["l /me waves", "a< :$L PRIVMSG $room :\\x01ACTION waves\\x01", "f< {\"type\":\"acted\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$l\",\"text\":\"waves\"}"]),
        new(One, "done on frames", ["f {\"type\":\"me\",\"room\":\"$room\",\"text\":\"waves\"}", "a< :$F PRIVMSG $room :\\x01ACTION waves\\x01", "l< ** $f waves"]),
        new(One, "a topic set on IRC", ["a TOPIC $room :cheese", "a< :$A TOPIC $room :cheese", "l< * $a set the topic of $room: cheese", "f< {\"type\":\"topic\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$a\",\"topic\":\"cheese\"}"]),
        new(One, "a topic set on lines", ["l /topic cheese", "l< * $l set the topic of $room: cheese", "a< :$L TOPIC $room :cheese"]),
        new(One, "a nick on IRC", ["a NICK $z", "a< :$A NICK $z", "l< * $a is now $z", "f< {\"type\":\"renamed\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$a\",\"to\":\"$z\"}"]),
        new(One, "a nick on lines", ["l /nick $z", "l< * $l is now $z", "a< :$L NICK $z"]),
        new(One, "joined on IRC", ["x JOIN $room", "x< ...JOIN...", "x< ...353...", "x< ...366...", "l< * $x joined $room", "f< {\"type\":\"joined\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$x\"}"]),
        new(One, "left on IRC", ["a PART $room :tired", "a< :$A PART $room :tired", "l< * $a left $room: tired"]),
        new(One, "left on lines", ["l /part $room", "l< * $l left $room", "a< :$L PART $room"]),
        new(One, "quit on IRC", ["a QUIT :so long", "a< ERROR :Closing link: you quit", "a< END", "l< * $a quit: Quit: so long"]),
        new(One, "quit on lines", ["l /quit so long", "l< * goodbye: you quit", "l< END", "a< :$L QUIT :Quit: so long"]),
        new(One, "a topic set on frames", ["f {\"type\":\"topic\",\"room\":\"$room\",\"text\":\"cheese\"}", "f< {\"type\":\"topic\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$f\",\"topic\":\"cheese\"}", "a< :$F TOPIC $room :cheese", "l< * $f set the topic of $room: cheese"]),
        new(One, "a nick on frames", ["f {\"type\":\"nick\",\"nick\":\"$z\"}", "f< {\"type\":\"renamed\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$f\",\"to\":\"$z\"}", "a< :$F NICK $z", "l< * $f is now $z"]),
        new(One, "joined on lines", ["l /part $room", "l< * $l left $room", "a< :$L PART $room", "l /join $room", "l< * you are in $room (3 here), no topic", "a< :$L JOIN $room", "f< {\"type\":\"left\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$l\"}", "f< {\"type\":\"joined\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$l\"}"]),
        new(One, "left and joined on frames", ["f {\"type\":\"part\",\"room\":\"$room\",\"reason\":\"tea\"}", "f< {\"type\":\"left\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$f\",\"reason\":\"tea\"}", "a< :$F PART $room :tea", "l< * $f left $room: tea", "f {\"type\":\"join\",\"room\":\"$room\"}", "f< {\"type\":\"joined\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$f\"}", "f< {\"type\":\"room\",\"room\":\"$room\",\"topic\":\"\",\"members\":3,\"seq\":\"...\",\"epoch\":\"...\"}", "a< :$F JOIN $room", "l< * $f joined $room"]),
        new(One, "quit on frames",
        [
            "f {\"type\":\"quit\",\"reason\":\"so long\"}", "f< {\"type\":\"closing\",\"reason\":\"you quit\"}", "f< END",
            "a< :$F QUIT :Quit: so long", "l< * $f quit: Quit: so long",
        ]),
        new(One, "left and quit as frames see them",
        [
            "a PART $room :tired", "a< ...", "l< ...",
            "f< {\"type\":\"left\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$a\",\"reason\":\"tired\"}",
            "l /quit bye", "l< ...", "l< END",
            "f< {\"type\":\"quit\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$l\",\"reason\":\"Quit: bye\"}",
        ]),
        new(One, "put out on IRC", ["a MODE $room +m", "a< ...", "l< * $a set the modes of $room: +m", "f< {\"type\":\"mode\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$a\",\"modes\":\"+m\"}", "a KICK $room $l :enough", "a< :$A KICK $room $l :enough", "l< * $a kicked $l from $room: enough", "f< {\"type\":\"kicked\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$a\",\"nick\":\"$l\",\"reason\":\"enough\"}"]),
        new(One, "put out on lines", ["l /mode +o $f", "l< * $l set the modes of $room: +o $f", "a< :$L MODE $room +o $f", "f< {\"type\":\"mode\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$l\",\"modes\":\"+o $f\"}", "l /kick $a enough", "l< * $l kicked $a from $room: enough", "a< :$L KICK $room $a :enough", "f< {\"type\":\"kicked\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$l\",\"nick\":\"$a\",\"reason\":\"enough\"}"]),
        new(One, "put out on frames", ["f {\"type\":\"kick\",\"room\":\"$room\",\"nick\":\"$a\"}", "f< {\"type\":\"kicked\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$f\",\"nick\":\"$a\"}", "a< :$F KICK $room $a :$f", "l< * $f kicked $a from $room"]),
        new(One, "invited across", ["a PING 1", "a< ...PONG...", "x PING 1", "x< ...PONG...", "l /invite $x", "l< * $l invited $x to $room", "x< :$L INVITE $x $room", "f< {\"type\":\"invited\",\"room\":\"$room\",\"time\":\"...\",\"from\":\"$l\",\"nick\":\"$x\"}"]),
        new(One, "away on IRC", ["a AWAY :lunch", "a< ...306...", "l< * $a is away: lunch", "f< {\"type\":\"away\",\"time\":\"...\",\"nick\":\"$a\",\"reason\":\"lunch\"}", "a AWAY", "a< ...305...", "l< * $a is back", "f< {\"type\":\"back\",\"time\":\"...\",\"nick\":\"$a\"}"]),
        new(One, "away on lines", ["t PING 1", "t< ...PONG...", "t CAP REQ away-notify", "t< ...ACK...", "l /away lunch", "l< * $l is away: lunch", "t< @time=... :$L AWAY :lunch", "f< {\"type\":\"away\",\"time\":\"...\",\"nick\":\"$l\",\"reason\":\"lunch\"}", "l /away", "l< * $l is back", "t< @time=... :$L AWAY", "f< {\"type\":\"back\",\"time\":\"...\",\"nick\":\"$l\"}"]),
        new(One, "away on frames", ["t CAP REQ away-notify", "t< ...ACK...", "f {\"type\":\"away\",\"reason\":\"lunch\"}", "t< @time=... :$F AWAY :lunch", "l< * $f is away: lunch"]),
        new(One, "a private message to one who is away", ["a AWAY :lunch", "a< ...306...", "l< * $a is away: lunch", "l /msg $a hi", "l< * $a is away: lunch", "a< :$L PRIVMSG $a :hi", "f< {\"type\":\"away\",\"time\":\"...\",\"nick\":\"$a\",\"reason\":\"lunch\"}", "f {\"type\":\"msg\",\"to\":\"$a\",\"text\":\"hi\"}", "f< {\"type\":\"away\",\"time\":\"...\",\"nick\":\"$a\",\"reason\":\"lunch\"}", "a< :$F PRIVMSG $a :hi"]),
        new(One, "a private message between lines and frames", ["l /msg $f psst", "f< {\"type\":\"msg\",\"from\":\"$l\",\"to\":\"$f\",\"text\":\"psst\",\"time\":\"...\"}", "f {\"type\":\"msg\",\"to\":\"$l\",\"text\":\"psst\"}", "l< <$f -> $l> psst"]),
        new(One, "to the operators of a room, across", ["l /ping 1", "l< * pong 1", "a PRIVMSG @$room :help", "l< <$a -> @$room> help", "f {\"type\":\"msg\",\"to\":\"@$room\",\"text\":\"me too\"}", "l< <$f -> @$room> me too"]),
        new(One, "a private message from IRC to lines", ["a PRIVMSG $l :psst", "l< <$a -> $l> psst"]),
        new(One, "a private message from lines to IRC", ["l /msg $a psst", "a< :$L PRIVMSG $a :psst"]),
        new(One, "a private message from IRC to frames", ["a PRIVMSG $f :psst", "f< {\"type\":\"msg\",\"from\":\"$a\",\"to\":\"$f\",\"text\":\"psst\",\"time\":\"...\"}"]),
        new(One, "a private message from frames to IRC", ["f {\"type\":\"msg\",\"to\":\"$a\",\"text\":\"psst\"}", "a< :$F PRIVMSG $a :psst"]),
        new(One, "a notice from IRC to lines", ["a NOTICE $room :hi", "l< <$a> hi"]),
        new(One, "a long line from netcat is several on IRC", ["l " + new string('x', 1000), "a< :$L PRIVMSG $room :xxx...", "a< :$L PRIVMSG $room :xxx...", "a< :$L PRIVMSG $room :xxx..."]),
        new(One, "no line of netcat's is a line of IRC's", ["l :$b QUIT", "a< :$L PRIVMSG $room ::$b QUIT", "b< :$L PRIVMSG $room ::$b QUIT"]),
        new(One, "what was said is shown to who enters", ["l one", "l /me two", "l /ping 1", "l< * pong 1", "x JOIN $room", "l< * $x joined $room", "x< :$X JOIN $room", "x< ...353...", "x< ...366...", "x< :$l!$l@history PRIVMSG $room :one", "x< :$l!$l@history PRIVMSG $room :\\x01ACTION two\\x01"]),
    ];
}
