using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Hostile clients of <c>echo+utf</c> and <c>upper+utf</c>: whole messages come back, and half of one never does.</summary>
internal static class EchoMessages
{
    private const int Many = 1000;
    private const int Longest = 65_534;
    private const string TooLong = "error: the message is longer than 65534 bytes: it was dropped\n";

    public static IEnumerable<HostileCase> All => ((string[])["echo+utf", "upper+utf"]).SelectMany(On);

    private static IEnumerable<HostileCase> On(string listener) =>
    [
        .. EchoPayloads.All.Select(sent => Newcomer(listener, sent.Name, HostileEnd.StaysOpen, Frame(sent.Bytes),
            GetsMessage(Answer(listener, sent.Bytes)))),
        Newcomer(listener, "an empty message", HostileEnd.StaysOpen, Sends(0, 0), GetsMessage("")),
        Newcomer(listener, "a thousand empty messages", HostileEnd.StaysOpen, FloodsFrame("", Many), GetsMessage("", Many)),
        Newcomer(listener, "a thousand messages of one byte", HostileEnd.StaysOpen, FloodsFrame("1", Many), GetsMessage("1", Many)),
        Newcomer(listener, "the longest message", HostileEnd.StaysOpen, Frame(new string('7', Longest)),
            GetsMessage(new string('7', Longest))),
        Newcomer(listener, "a message of one byte more", HostileEnd.StaysOpen, Frame(new string('7', Longest + 1)),
            GetsMessage(TooLong)),
        Newcomer(listener, "three messages of one byte more", HostileEnd.StaysOpen, FloodsFrame(new string('7', Longest + 1), 3),
            GetsMessage(TooLong, 3)),
        Newcomer(listener, "one byte more, left in the middle", HostileEnd.OpenUntilItLeaves, Sends([0xFF, 0xFF, .. new byte[1000]]),
            GetsMessage(TooLong)),
        Newcomer(listener, "one byte more, reset in the middle", HostileEnd.ResetsItself, Sends([0xFF, 0xFF, .. new byte[1000]]),
            GetsMessage(TooLong)),
        Newcomer(listener, "a length in the other byte order", HostileEnd.OpenUntilItLeaves, Sends([5, 0, .. "hello"u8])),
        Newcomer(listener, "a length of four bytes", HostileEnd.OpenUntilItLeaves, Sends([0, 0, 0, 5, .. "hell"u8]), GetsMessage("")),
        Newcomer(listener, "a line, whose first letters are a length", HostileEnd.OpenUntilItLeaves, Sends("/quit {mark}\n")),
        Newcomer(listener, "an HTTP request without messages", HostileEnd.OpenUntilItLeaves, Sends("GET /{mark} HTTP/1.1\r\n\r\n")),
        Newcomer(listener, "a TLS hello without messages", HostileEnd.OpenUntilItLeaves, Sends(EchoPayloads.All[5].Bytes)),
        Newcomer(listener, "connects and leaves", HostileEnd.OpenUntilItLeaves),
        Newcomer(listener, "connects and resets", HostileEnd.ResetsItself),
        Newcomer(listener, "half a length and leaves", HostileEnd.OpenUntilItLeaves, Sends(0)),
        Newcomer(listener, "half a length and resets", HostileEnd.ResetsItself, Sends(0)),
        Newcomer(listener, "a length and no text, and leaves", HostileEnd.OpenUntilItLeaves, Sends(0, 5)),
        Newcomer(listener, "half a text and resets", HostileEnd.ResetsItself, Sends([0, 5, .. "hel"u8])),
        Newcomer(listener, "a message a byte at a time", HostileEnd.StaysOpen, Drips([0, 5, .. "12345"u8]), GetsMessage("12345")),
        Newcomer(listener, "never reads, and resets", HostileEnd.ResetsItself, FloodsFrame(new string('7', 1000), 300)),
    ];

    private static byte[] Answer(string listener, byte[] bytes) => listener == "upper+utf" ? EchoPayloads.Upper(bytes) : bytes;

    private static HostileCase Newcomer(string listener, string name, HostileEnd end, params HostileStep[] steps) =>
        HostileCase.Newcomer($"{listener} listener: {name}", listener, end, steps);
}
