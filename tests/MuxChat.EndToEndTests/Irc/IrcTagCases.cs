namespace MuxChat.EndToEndTests.Irc;

/// <summary>TAGMSG and client-only tags.</summary>
internal static class IrcTagCases
{
    private const string TagMsg = "IRCv3 message-tags: TAGMSG";
    private const string ClientOnly = "IRCv3 message-tags: client-only tags";

    private static readonly string[] Known = ["b CAP REQ message-tags", "b< ...ACK..."];

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(ClientOnly, "with a line, to who knows tags",
            [.. Known, "t @+draft/reply=12-3;+x=a\\sb PRIVMSG $room :hi",
                "t< @time=...;msgid=...;+draft/reply=12-3;+x=a\\sb :$T PRIVMSG $room :hi",
                "b< @msgid=...-...;+draft/reply=12-3;+x=a\\sb :$T PRIVMSG $room :hi", "a< :$T PRIVMSG $room :hi", "l< <$t> hi"]),
        new(ClientOnly, "with a notice",
            [.. Known, "t @+x NOTICE $room :hi", "t< ...;+x :$T NOTICE...", "b< @msgid=...;+x :$T NOTICE $room :hi"]),
        new(ClientOnly, "with a private message",
            [.. Known, "t @+x=1 PRIVMSG $b :psst", "t< @time=...Z;+x=1 :$T PRIVMSG $b :psst", "b< @+x=1 :$T PRIVMSG $b :psst"]),
        new(ClientOnly, "with what somebody does",
            [.. Known, "t @+x PRIVMSG $room :\\x01ACTION waves\\x01", "t< ...",
                "b< @msgid=...;+x :$T PRIVMSG $room :\\x01ACTION waves\\x01"]),
        new(ClientOnly, "with CTCP",
            [.. Known, "t @+x PRIVMSG $b :\\x01VERSION\\x01", "t< ...", "b< @+x :$T PRIVMSG $b :\\x01VERSION\\x01"]),
        new(ClientOnly, "the server's tags are not the client's",
            [.. Known, "t @time=1999-01-01T00:00:00.000Z;msgid=1-1;account=root;batch=1;x=y;+z PRIVMSG $b :hi",
                "t< @time=20...Z;+z :$T PRIVMSG $b :hi", "b< @+z :$T PRIVMSG $b :hi"]),
        new(ClientOnly, "of who does not know tags nothing is passed on", [.. Known, "a @+x PRIVMSG $b :hi", "b< :$A PRIVMSG $b :hi"]),
        new(ClientOnly, "no control character in them",
            [.. Known, "t @+x=\\x1b[2J;+y=1 PRIVMSG $b :hi", "t< ...", "b< @+y=1 :$T PRIVMSG $b :hi"]),
        new(ClientOnly, "a long line has them once",
            [.. Known, $"t @+x PRIVMSG $b :{new string('x', 485)}", "t< ...;+x ...", "t< @time=...Z :...", "b< @+x :$T PRIVMSG $b :x...",
                "b< :$T PRIVMSG $b :x..."]),
        new(ClientOnly, "they are not remembered",
            ["t CAP REQ batch", "t< ...ACK...", "t @+x PRIVMSG $room :hi", "t< ...;+x ...", "t CHATHISTORY LATEST $room * 1",
                "t< ...BATCH...", "t< @batch=1;time=...;msgid=... :$t!$t@history PRIVMSG $room :hi", "t< ...BATCH..."]),
        new(TagMsg, "to a room: who knows tags gets it, oneself with echo-message",
            [.. Known, "t @+typing=active TAGMSG $room", "t< @time=...Z;+typing=active :$T TAGMSG $room",
                "b< @+typing=active :$T TAGMSG $room", "a PING 1", "a< :muxchat.local PONG muxchat.local :1", "l /ping 1", "l< * pong 1",
                "f {\"type\":\"ping\",\"token\":\"1\"}", "f< {\"type\":\"pong\",\"token\":\"1\"}"]),
        new(TagMsg, "to a room, without echo-message",
            [.. Known, "t PING 1", "t< ...PONG...", "b @+x TAGMSG $room", "t< @time=...Z;+x :$B TAGMSG $room"]),
        new(TagMsg, "to a person", [.. Known, "t @+x=1 TAGMSG $b", "t< @time=...Z;+x=1 :$T TAGMSG $b", "b< @+x=1 :$T TAGMSG $b"]),
        new(TagMsg, "to a person who does not know tags, and to one on netcat",
            ["t @+x TAGMSG $a,$l", "t< ...TAGMSG $a", "t< ...TAGMSG $l", "a PING 1", "a< :muxchat.local PONG muxchat.local :1", "l /ping 1",
                "l< * pong 1"]),
        new(TagMsg, "with a label",
            [.. Known, "t CAP REQ :batch labeled-response", "t< ...ACK...", "t @label=123;+x TAGMSG $room",
                "t< @label=123;time=...;+x :$T TAGMSG $room", "b< @+x :$T TAGMSG $room"]),
        new(TagMsg, "to oneself, with a label",
            ["t CAP REQ :batch labeled-response", "t< ...ACK...", "t @label=1;+x TAGMSG $t", "t< @time=...Z;+x :$T TAGMSG $t",
                "t< @label=1;time=...Z;+x :$T TAGMSG $t"]),
        new(TagMsg, "without a tag for others", [.. Known, "t @unknown TAGMSG $b", "t< @time=...Z :$T TAGMSG $b", "b< :$T TAGMSG $b"]),
        new(TagMsg, "it is no event of the room",
            ["t CAP REQ batch", "t< ...ACK...", "t PRIVMSG $room :hi", "t< ...", "t @+x TAGMSG $room", "t< ...TAGMSG...",
                "t CHATHISTORY LATEST $room * 10", "t< ...BATCH...", "t< ...PRIVMSG $room :hi", "t< ...BATCH..."]),
        new(TagMsg, "to a room one is not in",
            ["x CAP REQ message-tags", "x< ...ACK...", "x @+x TAGMSG $room", "x< :muxchat.local 404 $x $room :Cannot send to channel",
                "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new(TagMsg, "to nobody", ["x @+x TAGMSG nobody", "x< :muxchat.local 401 $x nobody :No such nick/channel"]),
        new(TagMsg, "to an unknown room", ["x @+x TAGMSG $room2", "x< :muxchat.local 403 $x $room2 :No such channel"]),
        new(TagMsg, "without a target", ["x @+x TAGMSG", "x< :muxchat.local 461 $x TAGMSG :Not enough parameters"]),
        new(TagMsg, "to five", ["x @+x TAGMSG $a,$a,$a,$a,$a", "x< :muxchat.local 407 $x $a :At most 4 targets"]),
        new("IRCv3 message-tags: size limit", "tags of 4,094 bytes are passed on",
            [.. Known, $"t @+x={new string('y', 4091)} TAGMSG $b", $"t< @time=...Z;+x={new string('y', 4091)} :$T TAGMSG $b",
                $"b< @+x={new string('y', 4091)} :$T TAGMSG $b"]),
        new("IRCv3 message-tags: size limit", "tags of 4,095 bytes are not",
            [$"t @+x={new string('y', 4092)} TAGMSG $b", "t< :muxchat.local 417 $t :Input line was too long", "b PING 1",
                "b< :muxchat.local PONG muxchat.local :1"]),
    ];
}
