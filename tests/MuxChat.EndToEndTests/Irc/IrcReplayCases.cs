namespace MuxChat.EndToEndTests.Irc;

/// <summary>What a client is shown on entering a room of what was said there before, so that no program takes it for news.</summary>
internal static class IrcReplayCases
{
    private const string Form = "what was said before";
    private const string Times = "IRCv3 batch and server-time";

    private static readonly string[] Said =
        ["a PRIVMSG $room :!hello", "a PRIVMSG $room :\\x01ACTION waves\\x01", "a PING 1", "a< ...PONG..."];

    private static readonly string[] Entered =
        ["x JOIN $room", "a< ...JOIN $room", "x< ...JOIN $room", "x< ...353...", "x< ...366..."];

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(Form, "notices with the time in their text",
            [.. Said, .. Entered, "x< :$a!$a@history NOTICE $room :[20...-...-... ...:...:...] <$a> !hello",
                "x< :$a!$a@history NOTICE $room :[20...] * $a waves", "a PRIVMSG $room :now", "x< :$A PRIVMSG $room :now"]),
        new(Form, "with server-time alone too",
            ["x CAP REQ server-time", "x< ...ACK...", .. Said, .. Entered, "x< @time=... :$a!$a@history NOTICE $room :[20...] <$a> !hello",
                "x< @time=... :$a!$a@history NOTICE $room :[20...] * $a waves"]),
        new(Form, "with batch alone too",
            ["x CAP REQ batch", "x< ...ACK...", .. Said, .. Entered, "x< :$a!$a@history NOTICE $room :[20...] <$a> !hello",
                "x< :$a!$a@history NOTICE $room :[20...] * $a waves"]),
        new(Form, "each line of a long text has its time and author",
            ["a PRIVMSG $room :" + new string('x', 465), "a PING 1", "a< ...PONG...", .. Entered,
                "x< :$a!$a@history NOTICE $room :[20...] <$a> x...", "x< :$a!$a@history NOTICE $room :[20...] <$a> x..."]),
        new(Times, "a batch",
            ["x CAP REQ :batch server-time message-tags", "x< ...ACK...", .. Said, .. Entered,
                "x< :muxchat.local BATCH +1 chathistory $room", "x< @batch=1;time=...;msgid=... :$a!$a@history PRIVMSG $room :!hello",
                "x< @batch=1;time=...;msgid=... :$a!$a@history PRIVMSG $room :\\x01ACTION waves\\x01", "x< :muxchat.local BATCH -1",
                "a PRIVMSG $room :now", "x< @time=...;msgid=... :$A PRIVMSG $room :now"]),
        new(Times, "none where nothing was said",
            ["x CAP REQ :batch server-time", "x< ...ACK...", "a TOPIC $room", "a< ...331...", .. Entered]),
        new(Times, "one for each room of a JOIN",
            ["x CAP REQ :batch server-time", "x< ...ACK...", .. Said, "a JOIN $room2", "a< ...JOIN...", "a< ...353...", "a< ...366...",
                "a PRIVMSG $room2 :here", "a PING 2", "a< ...PONG...", "x JOIN $room,$room2", "a< ...JOIN $room", "a< ...JOIN $room2",
                "x< ...JOIN $room", "x< ...JOIN $room2", "x< ...353...", "x< ...366...", "x< :muxchat.local BATCH +1 chathistory $room",
                "x< @batch=1;time=... ... :!hello", "x< @batch=1;time=... ... :\\x01ACTION waves\\x01", "x< :muxchat.local BATCH -1",
                "x< ...353...", "x< ...366...", "x< :muxchat.local BATCH +2 chathistory $room2", "x< @batch=2;time=... ... :here",
                "x< :muxchat.local BATCH -2", "x CHATHISTORY LATEST $room2 * 1", "x< :muxchat.local BATCH +3 chathistory $room2",
                "x< @batch=3;time=... ... :here", "x< :muxchat.local BATCH -3"]),
        new("IRCv3 bot mode", "a program is shown nothing", ["x MODE $x +B", "x< ...", .. Said, .. Entered]),
        new("IRCv3 chathistory", "a client that can ask is shown nothing",
            ["x CAP REQ :batch server-time draft/chathistory", "x< ...ACK...", .. Said, .. Entered]),
        new("heard before", "who left and comes back is shown what came after",
            [.. Said, .. Entered, "x< ...!hello", "x< ...waves", "x PART $room", "x< ...PART...", "a< ...PART...", "a PRIVMSG $room :later",
                "a PING 2", "a< ...PONG...", .. Entered, "x< :$a!$a@history NOTICE $room :[20...] <$a> later"]),
        new("heard before", "who was put out and comes back is shown nothing again",
            [.. Said, .. Entered, "x< ...!hello", "x< ...waves", "a KICK $room $x", "a< ...KICK...", "x< ...KICK...", .. Entered]),
        new("heard before", "another client in the room is shown all",
            [.. Said, .. Entered, "x< ...!hello", "x< ...waves", "x PART $room", "x< ...PART...", "a< ...PART...", "x NICK $z",
                "x< ...NICK $z", "x JOIN $room", "a< ...JOIN $room", "x< ...JOIN $room", "x< ...353...", "x< ...366...", "x< ...!hello",
                "x< ...waves"]),
    ];
}
