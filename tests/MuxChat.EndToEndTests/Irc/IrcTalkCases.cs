namespace MuxChat.EndToEndTests.Irc;

/// <summary>PRIVMSG, NOTICE, AWAY, CTCP.</summary>
internal static class IrcTalkCases
{
    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new("RFC 1459 4.4.1", "a line to the room reaches the others and not oneself", ["a PRIVMSG $room :hi there", "b< :$A PRIVMSG $room :hi there", "c< :$A PRIVMSG $room :hi there"]),
        new("IRCv3 echo-message", "one's own line comes back to who wants it", ["t PRIVMSG $room :hi", "t< @time=...;msgid=... :$T PRIVMSG $room :hi", "a< :$T PRIVMSG $room :hi"]),
        new("IRCv3 echo-message", "one's own private message comes back to who wants it", ["t PRIVMSG $a :psst", "t< @time=... :$T PRIVMSG $a :psst", "a< :$T PRIVMSG $a :psst"]),
        new("RFC 1459 4.4.1", "a private message", ["a PRIVMSG $b :psst", "b< :$A PRIVMSG $b :psst", "c PING 1", "c< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.4.1", "a private message to oneself", ["a PRIVMSG $a :psst", "a< :$A PRIVMSG $a :psst"]),
        new("RFC 1459 4.4.1", "a message to two", ["a PRIVMSG $b,$c :psst", "b< :$A PRIVMSG $b :psst", "c< :$A PRIVMSG $c :psst"]),
        new("RFC 1459 4.4.1", "a message to a room and a person", ["a PRIVMSG $room,$b :x", "b< :$A PRIVMSG $room :x", "b< :$A PRIVMSG $b :x"]),
        new("modern: TARGMAX", "a message to five", ["a PRIVMSG $b,$b,$b,$b,$b :x", "a< :muxchat.local 407 $a $b :At most 4 targets", "b< ...", "b< ...", "b< ...", "b< ..."]),
        new("RFC 1459 4.4.1", "a message to nobody", ["a PRIVMSG nobody :x", "a< :muxchat.local 401 $a nobody :No such nick/channel"]),
        new("RFC 1459 4.4.1", "a message to what is no name", ["a PRIVMSG 1! :x", "a< :muxchat.local 401 $a 1! :No such nick/channel"]),
        new("RFC 1459 4.4.1", "a line to an unknown room", ["a PRIVMSG $room2 :x", "a< :muxchat.local 403 $a $room2 :No such channel"]),
        new("RFC 1459 4.4.1", "a line to a room one is not in", ["x PRIVMSG $room :x", "x< :muxchat.local 404 $x $room :Cannot send to channel", "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.4.1", "a message without a target", ["a PRIVMSG", "a< :muxchat.local 411 $a :No recipient given (PRIVMSG)"]),
        new("RFC 1459 4.4.1", "a message without a text", ["a PRIVMSG $b", "a< :muxchat.local 412 $a :No text to send", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.4.1", "targets that are empty", ["a PRIVMSG ,,$b :x", "b< :$A PRIVMSG $b :x"]),
        new("RFC 1459 4.4.2", "a notice to a room", ["a NOTICE $room :hi", "b< :$A NOTICE $room :hi"]),
        new("RFC 1459 4.4.2", "a notice to a person", ["a NOTICE $b :hi", "b< :$A NOTICE $b :hi"]),
        new("RFC 1459 4.4.2", "a notice to nobody is not answered", ["a NOTICE nobody :hi"]),
        new("RFC 1459 4.4.2", "a notice to a room one is not in is not answered", ["x NOTICE $room :hi", "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.4.2", "a notice without a text is not answered", ["a NOTICE $b", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("CTCP", "ACTION in a room", ["a PRIVMSG $room :\\x01ACTION waves\\x01", "b< :$A PRIVMSG $room :\\x01ACTION waves\\x01"]),
        new("CTCP", "ACTION without its end", ["a PRIVMSG $room :\\x01ACTION waves", "b< :$A PRIVMSG $room :\\x01ACTION waves\\x01"]),
        new("CTCP", "VERSION of a person and its answer", ["a PRIVMSG $b :\\x01VERSION\\x01", "b< :$A PRIVMSG $b :\\x01VERSION\\x01", "b NOTICE $a :\\x01VERSION me\\x01", "a< :$B NOTICE $a :\\x01VERSION me\\x01"]),
        new("CTCP", "ACTION in a private message", ["a PRIVMSG $b :\\x01ACTION waves\\x01", "b< :$A PRIVMSG $b :\\x01ACTION waves\\x01"]),
        new("CTCP", "ACTION in a private message comes back to who wants it", ["t PRIVMSG $b :\\x01ACTION waves\\x01", "t< @time=... :$T PRIVMSG $b :\\x01ACTION waves\\x01", "b< :$T PRIVMSG $b :\\x01ACTION waves\\x01"]),
        new("CTCP", "ACTION to somebody away", ["b AWAY :lunch", "b< ...306...", "a PRIVMSG $b :\\x01ACTION waves\\x01", "b< ...", "a< :muxchat.local 301 $a $b :lunch"]),
        new("CTCP", "ACTION to somebody on netcat", ["a PRIVMSG $l :\\x01ACTION waves\\x01", "l< <$a -> $l> waves"]),
        new("CTCP", "an empty ACTION", ["a PRIVMSG $b :\\x01ACTION \\x01", "a< :muxchat.local 412 $a $b :No text to send", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("CTCP", "VERSION comes back to who wants it", ["t PRIVMSG $b :\\x01VERSION\\x01", "t< @time=... :$T PRIVMSG $b :\\x01VERSION\\x01", "b< :$T PRIVMSG $b :\\x01VERSION\\x01"]),
        new("CTCP", "control characters in a request", ["a PRIVMSG $b :\\x01\\x1b[2J", "a< :muxchat.local 404 $a $b :the text contains a control character: only tab is allowed", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("CTCP", "control characters in an answer", ["a NOTICE $b :\\x01\\x1b[2J", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("CTCP", "a request that is too long", ["a PRIVMSG $b :\\x01" + new string('x', 450), "a< :muxchat.local 404 $a $b :A CTCP request may have at most 400 bytes", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("CTCP", "a long ACTION is several", ["a PRIVMSG $b :\\x01ACTION " + new string('x', 470), "b< :$A PRIVMSG $b :\\x01ACTION x...x\\x01", "b< :$A PRIVMSG $b :\\x01ACTION x...x\\x01"]),
        new("CTCP", "VERSION of a room", ["a PRIVMSG $room :\\x01VERSION\\x01", "a< :muxchat.local 404 $a $room :Cannot send to channel", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("CTCP", "VERSION of somebody on netcat", ["a PRIVMSG $l :\\x01VERSION\\x01", "a< :muxchat.local 404 $a $l :That client is not on IRC: it cannot receive CTCP", "l /ping 1", "l< * pong 1"]),
        new("CTCP", "VERSION of nobody", ["a PRIVMSG nobody :\\x01VERSION\\x01", "a< :muxchat.local 401 $a nobody :No such nick/channel"]),
        new("RFC 1459 5.1", "AWAY and back", ["a AWAY :lunch", "a< :muxchat.local 306 $a :You have been marked as being away", "b PRIVMSG $a :hi", "a< :$B PRIVMSG $a :hi", "b< :muxchat.local 301 $b $a :lunch", "a AWAY", "a< :muxchat.local 305 $a :You are no longer marked as being away", "b PRIVMSG $a :hi", "a< :$B PRIVMSG $a :hi"]),
        new("IRCv3 away-notify", "who shares a room is told, once, if it wants to be", ["b CAP REQ away-notify", "b< ...ACK...", "a JOIN $room2", "a< ...", "a< ...", "a< ...", "b JOIN $room2", "b< ...", "b< ...", "b< ...", "a< :$B JOIN $room2", "a AWAY :lunch", "a< ...306...", "b< :$A AWAY :lunch", "a AWAY", "a< ...305...", "b< :$A AWAY"]),
        new("RFC 1459 5.1", "a notice to somebody away is not answered", ["a AWAY :lunch", "a< ...306...", "b NOTICE $a :hi", "a< :$B NOTICE $a :hi"]),
    ];
}
