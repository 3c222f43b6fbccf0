using System.Text;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Hostile senders to the UDP services: what is echoed comes back one by one, and nothing forged is said in the room.</summary>
internal static class Datagrams
{
    private const string Notify = "notify+udp";
    private const string Key = "s3cret ";
    private const int Many = 500;

    // What is said of a text that means something elsewhere: the same, with blanks for control characters.
    private static readonly (string Name, string Sent, string Said)[] Texts =
    [
        ("a fake name", "<alice> send money", "<alice> send money"),
        ("a fake line of the server", "* alice joined #alerts", "* alice joined #alerts"),
        ("a fake name in a second line", "one\n<alice> two", "one <alice> two"),
        ("a fake name behind CR", "one\r<alice> two", "one <alice> two"),
        ("a command of lines", "/quit", "/quit"),
        ("a command of lines in a second line", "one\n/quit\n", "one /quit"),
        ("IRC behind CR LF", "one\r\n:alice!a@b PRIVMSG #alerts :two", "one  :alice!a@b PRIVMSG #alerts :two"),
        ("IRC behind NUL", "one\0:alice QUIT", "one :alice QUIT"),
        ("CTCP", "\u0001ACTION dances\u0001", "ACTION dances"),
        ("colours of IRC", "\u000304red\u0003 \u0002bold\u000f", "04red   bold"),
        ("an escape sequence", "\u001b[2J\u001b]0;title\u0007", "[2J ]0;title"),
        ("C1 controls", "a\u009b31mb\u0085c", "a  31mb  c"),
        ("DEL and BS", "a\u007f\bb", "a  b"),
        ("JSON", """{"type":"quit"}""", """{"type":"quit"}"""),
        ("quotes and backslashes", "\"\\u0000\\", "\"\\u0000\\"),
        ("bidirectional controls", "\u202eabc\u2066", "\u202eabc\u2066"),
        ("the key twice", "s3cret again", "s3cret again"),
        ("blanks around", "   \n text \n  ", "text"),
        ("vertical tabs and form feeds", "a\u000b\u000cb", "a  b"),
    ];

    private static readonly string[] WithoutKey =
    [
        "", " ", "hello", "s3cret", "s3cret ", "s3cretx hello", "s3cre hello", "S3CRET hello", " s3cret hello", "s3cret\thello",
        "s3cret\nhello", "s3cret\0hello", "\ufeffs3cret hello", "key=s3cret hello", new string('k', 4096) + " hello",
        new string(' ', 1000), "GET / HTTP/1.1\r\n\r\n", "s3cret \n\r\n\0\u001b",
    ];

    private static readonly string[] EchoListeners = ["echo+udp", "upper+udp"];

    public static IEnumerable<DatagramCase> All => EchoListeners.SelectMany(Echoed).Concat(Refused).Concat(Said).Concat(Alerts);

    private static IEnumerable<DatagramCase> Echoed(string listener) =>
    [
        .. EchoPayloads.All.Select(sent => Echo(listener, sent.Name, sent.Bytes)),
        Echo(listener, "an empty datagram", []),
        Echo(listener, "the largest datagram", EchoPayloads.Noise(DatagramClient.MaxBytes)),
        Echo(listener, "empty ones and large ones in turn", [], new byte[DatagramClient.MaxBytes], [], [1], new byte[9000], []),
        Echo(listener, "half a thousand of one byte", [.. Enumerable.Range(0, Many).Select(i => new[] { (byte)(i % 61) })]),
        Echo(listener, "many ports", [.. Enumerable.Range(0, 50).Select(i => new[] { (byte)i })]) with { Senders = 50 },
        Echo(listener, "many who leave before the answer", [.. Enumerable.Range(0, 50).Select(i => new[] { (byte)i })])
            with { LeavesAtOnce = true },
        Echo(listener, "a flood", [.. Enumerable.Range(0, 10 * Many).Select(i => Encoding.ASCII.GetBytes($"{i}"))]) with { IsFlood = true },
        Echo(listener, "a flood of large ones", [.. Enumerable.Repeat(EchoPayloads.Noise(60_000), 100)]) with { IsFlood = true },
        Echo(listener, "a flood from many ports", [.. Enumerable.Range(0, 2 * Many).Select(i => Encoding.ASCII.GetBytes($"{i}"))])
            with { IsFlood = true, Senders = 20 },
    ];

    private static IEnumerable<DatagramCase> Refused => WithoutKey.Select((sent, index) =>
        DatagramCase.Of(Notify, $"without its key or a text, {index + 1}", sent));

    private static IEnumerable<DatagramCase> Said => Texts.Select(text =>
        DatagramCase.Of(Notify, text.Name, Key + text.Sent) with { Said = [text.Said] });

    private static IEnumerable<DatagramCase> Alerts =>
    [
        new($"{Notify} listener: bad UTF-8", Notify, [[.. "s3cret a"u8, 0xFF, .. "b"u8, 0xC0, 0xAF]]) { Said = ["a\ufffdb\ufffd\ufffd"] },
        new($"{Notify} listener: noise without a key", Notify, [EchoPayloads.Noise(3000)]),
        new($"{Notify} listener: a TLS hello", Notify, [EchoPayloads.All[5].Bytes]),
        new($"{Notify} listener: the largest datagram of NULs", Notify, [new byte[DatagramClient.MaxBytes]]),
        DatagramCase.Of(Notify, "the largest datagram", Key + new string('x', DatagramClient.MaxBytes - Key.Length))
            with { Said = [new string('x', 4096 - 6) + " [cut]"] },
        DatagramCase.Of(Notify, "the longest key there can be", new string('s', DatagramClient.MaxBytes)),
        DatagramCase.Of(Notify, "right and wrong keys in turn", Key + "one", "wrong two", Key + "three", "", Key + "four")
            with { Said = ["one", "three", "four"] },
        DatagramCase.Of(Notify, "many ports", [.. Enumerable.Range(0, 50).Select(i => $"{Key}{i}")])
            with { Senders = 50, Said = [.. Enumerable.Range(0, 50).Select(i => $"{i}")] },
        DatagramCase.Of(Notify, "many who leave at once", [.. Enumerable.Range(0, 50).Select(i => $"{Key}{i}")])
            with { LeavesAtOnce = true, Said = [.. Enumerable.Range(0, 50).Select(i => $"{i}")] },
        DatagramCase.Of(Notify, "a flood of wrong keys", [.. Enumerable.Range(0, 10 * Many).Select(i => $"wrong{i} x")])
            with { IsFlood = true },
        DatagramCase.Of(Notify, "a flood of alerts", [.. Enumerable.Range(0, Many).Select(i => $"{Key}{i}")])
            with { IsFlood = true, Said = [.. Enumerable.Range(0, Many).Select(i => $"{i}")] },
    ];

    private static DatagramCase Echo(string listener, string name, params byte[][] sent) =>
        new($"{listener} listener: {name}", listener, sent)
        {
            Answers = [.. sent.Select(datagram => listener == "upper+udp" ? EchoPayloads.Upper(datagram) : datagram)],
        };
}
