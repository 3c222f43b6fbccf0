namespace MuxChat.EndToEndTests.Irc;

/// <summary>Masks that keep members silent and do not keep anybody out: <c>MODE $room +b m:mask</c>.</summary>
internal static class IrcMuteCases
{
    private const string Mute = "defs.ircdocs.horse: EXTBAN";

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(Mute, "who is muted enters and is silent",
        [
            "x PING 1", "x< ...PONG...", "a MODE $room +b m:$x", "a< :$A MODE $room +b m:$x!*@*", "x JOIN $room", "x< :$X JOIN $room",
            "x< ...353...", "x< ...366...", "a< :$X JOIN $room",
            "x MODE $room b", "x< :muxchat.local 367 $x $room m:$x!*@* $a ...", "x< ...368...", "x PRIVMSG $room :hi",
            "x< :muxchat.local 404 $x $room :Cannot send to channel", "x NOTICE $room :hi", "x NICK $z",
            "x< :muxchat.local 437 $x $room :Cannot change nickname while banned on channel", "a MODE $room -b M:$x", "a< ...", "x< ...",
            "x PRIVMSG $room :hi", "a< :$X PRIVMSG $room :hi",
        ]),
        new(Mute, "a voice speaks in spite of it",
            ["a MODE $room +bv m:*!*@* $b", "a< ...", "b< ...", "b PRIVMSG $room :hi", "a< :$B PRIVMSG $room :hi"]),
        new(Mute, "an exception lifts a mute and no ban",
        [
            "a MODE $room +be m:$b m:*!~tester@*", "a< :$A MODE $room +be m:$b!*@* m:*!~tester@*", "b< ...", "b PRIVMSG $room :hi",
            "a< :$B PRIVMSG $room :hi", "a MODE $room +b $b", "a< ...", "b< ...", "b PRIVMSG $room :hi",
            "b< :muxchat.local 404 $b $room :Cannot send to channel",
        ]),
        new(Mute, "an exception from bans lifts mutes too",
            ["a MODE $room +be m:$b $b", "a< ...", "b< ...", "b PRIVMSG $room :hi", "a< :$B PRIVMSG $room :hi"]),
        new(Mute, "of those who need no invitation nobody is muted",
            ["a MODE $room +I m:$z", "a< :muxchat.local 696 $a $room I m:$z :..."]),
        new(Mute, "no mask", ["a MODE $room +b m:", "a< :muxchat.local 696 $a $room b m: :a mask is ..."]),
        new(Mute, "a mask that mutes twice", ["a MODE $room +b m:M:$z", "a< :muxchat.local 696 $a $room b m:M:$z :a mask is ..."]),
        new(Mute, "who is muted is told so on netcat",
            ["a PING 1", "a< ...PONG...", "a MODE $room +b m:$l", "a< ...", "l< * $a set ...", "l hi",
                "l< ! you are muted in $room: you may read, but not speak", "l /nick $z",
                "l< ! you are muted in $room: leave it before you change your nick"]),
    ];
}
