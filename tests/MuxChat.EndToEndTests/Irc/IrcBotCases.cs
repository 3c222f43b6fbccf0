namespace MuxChat.EndToEndTests.Irc;

/// <summary>User mode B: who is a program (ircv3.net/specs/extensions/bot-mode).</summary>
internal static class IrcBotCases
{
    private const string BotMode = "IRCv3 bot mode";

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(BotMode, "one says that one is a program, and is none again",
            ["x MODE $x +B", "x< :$x MODE $x :+B", "x MODE $x", "x< :muxchat.local 221 $x +B", "x MODE $x -B", "x< :$x MODE $x :-B",
                "x MODE $x", "x< :muxchat.local 221 $x +"]),
        new(BotMode, "WHOIS says so",
            ["a MODE $a +B", "a< ...", "x WHOIS $a", "x< ...311...", "x< ...319...", "x< ...312...",
                "x< :muxchat.local 335 $x $a :is a bot", "x< ...317...", "x< ...318..."]),
        new(BotMode, "WHO says so",
            ["a MODE $a +B", "a< ...", "x WHO $a", "x< :muxchat.local 352 $x $room ~tester localhost muxchat.local $a HB@ :0 A tester",
                "x< ...315..."]),
        new(BotMode, "WHOX says so, of one who is away",
            ["x MODE $x +B", "x< ...", "x AWAY :y", "x< ...306...", "x WHO $x %nf", "x< :muxchat.local 354 $x $x GB", "x< ...315..."]),
        new(BotMode, "its lines have a tag for who takes tags",
            ["a MODE $a +B", "a< ...", "a PRIVMSG $room :beep", "t< @time=...;msgid=...;bot :$A PRIVMSG $room :beep"]),
        new(BotMode, "its private lines too", ["a MODE $a +B", "a< ...", "a PRIVMSG $t :beep", "t< @time=...;bot :$A PRIVMSG $t :beep"]),
        new(BotMode, "its lines of the past have the tag too",
            ["t CAP REQ batch", "t< ...ACK...", "a MODE $a +B", "a< ...", "a NOTICE $room :beep",
                "t< @time=...;msgid=...;bot :$A NOTICE...", "a MODE $a -B", "a< ...", "a PRIVMSG $room :hi", "t< ...",
                "t CHATHISTORY LATEST $room * 2", "t< ...BATCH...",
                "t< @batch=1;time=...;msgid=...;bot :$a!$a@history NOTICE $room :beep",
                "t< @batch=1;time=...;msgid=... :$a!$a@history PRIVMSG $room :hi", "t< ...BATCH..."]),
        new(BotMode, "whatever else it did in the past has the tag too",
            ["t CAP REQ :batch draft/event-playback", "t< ...ACK...", "a MODE $a +B", "a< ...", "a PART $room", "a< ...",
                "t< @time=...;msgid=...;bot :$A PART $room", "t CHATHISTORY LATEST $room * 1", "t< ...BATCH...",
                "t< @batch=1;time=...;msgid=...;bot :$a!$a@history PART $room", "t< ...BATCH..."]),
        new(BotMode, "its lines have none for who takes none",
            ["a MODE $a +B", "a< ...", "a PRIVMSG $room :beep", "b< :$A PRIVMSG $room :beep"]),
        new(BotMode, "who is a person has no tag", ["a PRIVMSG $room :hi", "t< @time=...;msgid=... :$A PRIVMSG $room :hi"]),
        new("RFC 2812 3.1.5", "w is told in the modes", ["x MODE $x +w", "x< :$x MODE $x :+w", "x MODE $x", "x< :muxchat.local 221 $x +w"]),
    ];
}
