namespace MuxChat.EndToEndTests.Irc;

/// <summary>PASS on a server whose password is <c>open sesame</c>.</summary>
internal static class IrcPasswordCases
{
    private const string Wrong = "n< :muxchat.local 464 $n :Password incorrect";
    private const string Closing = "n< ERROR :Closing link: wrong password";
    private const string Pass = "RFC 1459 4.1.1";

    private static readonly string[] In = ["n< :muxchat.local 001 $n ...", .. Enumerable.Repeat("n< ...", 13)];

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(Pass, "the right password, first of all", ["n PASS :open sesame", "n NICK $n", "n USER u 0 * :r", .. In]),
        new(Pass, "the right password behind the nick", ["n NICK $n", "n PASS :open sesame", "n USER u 0 * :r", .. In]),
        new(Pass, "the right password while capabilities are negotiated",
            ["n CAP LS 302", "n< ...", "n NICK $n", "n USER u 0 * :r", "n PASS :open sesame", "n CAP END", .. In]),
        new(Pass, "the last of several counts", ["n PASS wrong", "n PASS :open sesame", "n NICK $n", "n USER u 0 * :r", .. In]),
        new(Pass, "the last of several counts, when it is wrong",
            ["n PASS :open sesame", "n PASS wrong", "n NICK $n", "n USER u 0 * :r", Wrong, Closing, "n< END"]),
        new(Pass, "a wrong password", ["n PASS wrong", "n NICK $n", "n USER u 0 * :r", Wrong, Closing, "n< END"]),
        new(Pass, "no password", ["n NICK $n", "n USER u 0 * :r", Wrong, Closing, "n< END"]),
        new(Pass, "an empty password", ["n PASS :", "n NICK $n", "n USER u 0 * :r", Wrong, Closing, "n< END"]),
        new(Pass, "what only begins like the password", ["n PASS :open sesam", "n NICK $n", "n USER u 0 * :r", Wrong, Closing, "n< END"]),
        new(Pass, "PASS without a parameter", ["n PASS", "n< :muxchat.local 461 * PASS :Not enough parameters"]),
        new("modern: PASS", "a wrong password behind CAP END only",
            ["n CAP REQ :server-time", "n< ...", "n NICK $n", "n USER u 0 * :r", "n PING 1", "n< :muxchat.local PONG muxchat.local :1",
                "n CAP END", Wrong, Closing, "n< END"]),
        new("RFC 1459 6.1", "nothing is carried out before",
            ["n NICK $n", "n JOIN #a", "n< :muxchat.local 451 $n :You have not registered"]),
        new(Pass, "a nick is not taken by who is not in",
            ["n NICK $z", "n USER u 0 * :r", "n< :muxchat.local 464 $z :Password incorrect", Closing, "n< END", "o PASS :open sesame",
                "o NICK $z", "o USER u 0 * :r", "o< :muxchat.local 001 $z ...", .. Enumerable.Repeat("o< ...", 13)]),
    ];
}
