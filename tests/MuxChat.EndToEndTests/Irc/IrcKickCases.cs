namespace MuxChat.EndToEndTests.Irc;

/// <summary>KICK.</summary>
internal static class IrcKickCases
{
    private const string Kick = "RFC 1459 4.2.8";

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(Kick, "somebody is put out",
            ["a KICK $room $b :enough", "a< :$A KICK $room $b :enough", "b< :$A KICK $room $b :enough", "b PRIVMSG $room :hi",
                "b< :muxchat.local 404 $b $room :Cannot send to channel"]),
        new(Kick, "without a comment it is the nick", ["a KICK $room $b", "a< :$A KICK $room $b :$a", "b< :$A KICK $room $b :$a"]),
        new(Kick, "who is put out may come again",
            ["a KICK $room $b", "a< ...", "b< ...KICK...", "b JOIN $room", "b< :$B JOIN $room", "b< :muxchat.local 353 $b = $room :$b @$a",
                "b< ...366...", "a< :$B JOIN $room"]),
        new(Kick, "several", ["a KICK $room $b,$c :out", "a< :$A KICK $room $b :out", "a< :$A KICK $room $c :out",
            "b< :$A KICK $room $b :out", "c< :$A KICK $room $b :out", "c< :$A KICK $room $c :out"]),
        new(Kick, "pairs of rooms and nicks", [.. Two, "a KICK $room,$room2 $b,$c :out", "a< :$A KICK $room $b :out",
            "a< :$A KICK $room2 $c :out", "b< :$A KICK $room $b :out", "c< :$A KICK $room $b :out", "c< :$A KICK $room2 $c :out"]),
        new(Kick, "pairs in one room", ["a KICK $room,$room $b,$c", "a< :$A KICK $room $b :$a", "a< :$A KICK $room $c :$a",
            "b< :$A KICK $room $b :$a", "c< :$A KICK $room $b :$a", "c< :$A KICK $room $c :$a"]),
        new(Kick, "unequal numbers of rooms and nicks",
        [
            "a KICK $room,$room2 $b", "a< :muxchat.local 461 $a KICK :Give one channel, or as many channels as nicks",
            "a KICK $room,$room2 $b,$c,$a", "a< :muxchat.local 461 $a KICK ...", "a KICK $room ,", "a< :muxchat.local 461 $a KICK ...",
        ]),
        new(Kick, "who is no operator puts nobody out",
            ["a PING 1", "a< ...PONG...", "b KICK $room $a", "b< :muxchat.local 482 $b $room :You're not channel operator"]),
        new(Kick, "one who is elsewhere",
            ["x PING 1", "x< ...PONG...", "a KICK $room $x", "a< :muxchat.local 441 $a $x $room :They aren't on that channel"]),
        new(Kick, "nobody", ["a KICK $room nobody", "a< :muxchat.local 401 $a nobody :No such nick/channel"]),
        new(Kick, "from a room that there is not", ["a KICK $room2 $a", "a< :muxchat.local 403 $a $room2 :No such channel"]),
        new(Kick, "from a room one is not in",
            ["a PING 1", "a< ...PONG...", "x KICK $room $a", "x< :muxchat.local 442 $x $room :You're not on that channel"]),
        new(Kick, "without a nick", ["a KICK $room", "a< :muxchat.local 461 $a KICK :Not enough parameters"]),
        new(Kick, "oneself", ["a KICK $room $a :bye", "a< :$A KICK $room $a :bye", "b< :$A KICK $room $a :bye"]),
    ];

    // c is in another room of a's too.
    private static string[] Two =>
    [
        "a PING 1", "a< ...PONG...", "b PING 1", "b< ...PONG...", "a JOIN $room2", "a< ...JOIN...", "a< ...353...", "a< ...366...",
        "c JOIN $room2", "c< ...JOIN...", "c< ...353...", "c< ...366...", "a< :$C JOIN $room2",
    ];
}
