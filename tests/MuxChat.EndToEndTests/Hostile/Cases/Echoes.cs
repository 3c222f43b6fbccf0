using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Hostile clients of <c>echo</c> and <c>upper</c>: whatever they send comes back, and nobody else hears of it.</summary>
internal static class Echoes
{
    private const int Many = 300;

    public static IEnumerable<HostileCase> All => ((string[])["echo", "upper"]).SelectMany(On);

    private static IEnumerable<HostileCase> On(string listener) =>
    [
        .. EchoPayloads.All.Select(sent => Newcomer(listener, sent.Name, HostileEnd.StaysOpen, Sends(sent.Bytes),
            GetsBytes(Answer(listener, sent.Bytes)))),
        Newcomer(listener, "every byte, one at a time", HostileEnd.StaysOpen, Drips(EchoPayloads.All[11].Bytes),
            GetsBytes(Answer(listener, EchoPayloads.All[11].Bytes))),
        Newcomer(listener, "a flood of short pieces", HostileEnd.StaysOpen, Floods("ab", 10 * Many),
            GetsBytes(Answer(listener, Repeated("ab", 10 * Many)))),
        Newcomer(listener, "a flood of 300,000 bytes", HostileEnd.StaysOpen, Floods(new string('a', 1000), Many),
            GetsBytes(Answer(listener, Repeated(new string('a', 1000), Many)))),
        Newcomer(listener, "a flood, and it leaves when it has read it", HostileEnd.OpenUntilItLeaves, Floods("leaves", Many),
            GetsBytes(Answer(listener, Repeated("leaves", Many)))),
        Newcomer(listener, "never reads, and resets", HostileEnd.ResetsItself, Floods(new string('a', 1000), Many)),
        Newcomer(listener, "connects and leaves", HostileEnd.OpenUntilItLeaves),
        Newcomer(listener, "connects and resets", HostileEnd.ResetsItself),
        Newcomer(listener, "one byte and leaves", HostileEnd.OpenUntilItLeaves, Sends(0), GetsBytes(0)),
        Newcomer(listener, "half a word a second", HostileEnd.StaysOpen, Sends("ha"), Waits(), Sends("lf"), Waits(),
            GetsBytes(Answer(listener, [.. "half"u8]))),
    ];

    // In capitals a mark is another word.
    private static byte[] Answer(string listener, byte[] bytes) => listener == "upper" ? EchoPayloads.Upper(bytes) : bytes;

    private static HostileCase Newcomer(string listener, string name, HostileEnd end, params HostileStep[] steps) =>
        HostileCase.Newcomer($"{listener} listener: {name}", listener, end, steps);

    private static byte[] Repeated(string text, int times) =>
        [.. Enumerable.Repeat(System.Text.Encoding.ASCII.GetBytes(text), times).SelectMany(static bytes => bytes)];
}
