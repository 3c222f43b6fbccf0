namespace MuxChat.Server.Tests.Irc;

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
        new(One, "quit on IRC", ["a QUIT :so long", "a< ERROR :Closing link: you quit", "a< END", "l< * $a quit: so long"]),
        new(One, "quit on lines", ["l /quit so long", "l< * goodbye: you quit", "l< END", "a< :$L QUIT :so long"]),
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
