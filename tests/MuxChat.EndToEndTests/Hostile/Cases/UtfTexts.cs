using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Hostile clients of <c>utf</c>: modified UTF-8 that is none, lengths that lie, and all that is refused on lines.</summary>
internal static class UtfTexts
{
    private const string Listener = "utf";
    private const int Many = 1000;

    // What stays as it is, and is no UTF-8 then.
    private static readonly (string Name, byte[] Bytes)[] Bad =
    [
        ("a high surrogate alone", [0xED, 0xA0, 0xBD]),
        ("a low surrogate alone", [0xED, 0xB8, 0x80]),
        ("a low surrogate and then a high one", [0xED, 0xB8, 0x80, 0xED, 0xA0, 0xBD]),
        ("two high surrogates", [0xED, 0xA0, 0xBD, 0xED, 0xA0, 0xBD]),
        ("a pair whose half is cut off", [0xED, 0xA0, 0xBD, 0xED, 0xB8]),
        ("C0 81", [0xC0, 0x81]),
        ("C0 and a letter", [0xC0, (byte)'a']),
        ("C0 at the end", [0xC0]),
        ("an overlong slash", [0xC0, 0xAF]),
        ("F0 and a letter", [0xF0, (byte)'a']),
        ("four bytes cut off", [0xF0, 0x9F, 0x98]),
        ("beyond U+10FFFF", [0xF4, 0x90, 0x80, 0x80]),
        ("three bytes cut off", [0xE2, 0x82]),
        ("a lone continuation", [0x80]),
        ("FE", [0xFE]),
        ("FF", [0xFF]),
        ("Latin-1", [(byte)'g', 0xFC]),
    ];

    private static readonly (string Name, byte[] Bytes)[] Controls =
    [
        ("NUL as two bytes", [(byte)'a', 0xC0, 0x80, (byte)'b']),
        ("NUL as one byte", [(byte)'a', 0, (byte)'b']),
        ("LF", [.. "a\nhello"u8]),
        ("CR LF", [.. "a\r\n/quit"u8]),
        ("ESC", [.. "\u001b[2J"u8]),
        ("C1", [.. "a\u0085b"u8]),
    ];

    // A page can make a browser send the second one: as a length, PO skips to messages in the body.
    private static readonly (string Name, byte[] Bytes)[] Letters =
    [
        ("an HTTP request", [.. "GET /{mark} HTTP/1.1\r\n\r\n"u8]),
        ("an HTTP request with messages in its body", Post),
        ("a line", [.. "hello {mark}\n"u8]),
    ];

    private static readonly (string Name, byte[] Bytes)[] WithoutMessages =
    [
        ("a TLS hello", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, .. new byte[100]]),
        ("a length in the other byte order", [0x60, 0, .. "hello {mark}"u8]),
        ("the greatest length", [0xFF, 0xFF, .. "hello {mark}"u8]),
    ];

    private static byte[] Post
    {
        get
        {
            const int Skipped = (('P' << 8) | 'O') + 2;
            byte[] head = [.. "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 30000\r\n\r\n"u8];
            return [.. head, .. Enumerable.Repeat((byte)'a', Skipped - head.Length), 0, 12, .. "/nick {mark}"u8, 0, 6, .. "{mark}"u8];
        }
    }

    public static IEnumerable<HostileCase> All =>
    [
        .. Bad.Select(bad => Resident($"{bad.Name} in a text", HostileEnd.StaysOpen, Frame([.. "a"u8, .. bad.Bytes]),
            Gets(Refusal.NotUtf8))),
        .. Controls.Select(control => Resident($"{control.Name} in a text", HostileEnd.StaysOpen, Frame(control.Bytes),
            Gets(Refusal.Control("text")))),
        .. Letters.Select(sent => HostileCase.Newcomer($"utf listener: {sent.Name} at once", Listener, HostileEnd.Overrun,
            Sends(sent.Bytes), IsGreeted(), Gets(Refusal.NoUtfLength))),
        Resident("letters after a message are a length", HostileEnd.OpenUntilItLeaves, Frame("hello"), Sends("POST / HTTP/1.1\r\n\r\n"),
            Gets(Refusal.LineTooLong)).Heard(Hears.Said("hello")),
        .. WithoutMessages.Select(sent => Resident($"{sent.Name}, without messages", HostileEnd.OpenUntilItLeaves, Sends(sent.Bytes),
            Gets(Refusal.LineTooLong))),
        Resident("a surrogate pair is a character", HostileEnd.StaysOpen, Frame(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80))
            .Heard(Hears.Said("😀")),
        Resident("four bytes are that character too", HostileEnd.StaysOpen, Frame("😀")).Heard(Hears.Said("😀")),
        Resident("an empty message", HostileEnd.StaysOpen, Frame("")),
        Resident("a thousand empty messages", HostileEnd.StaysOpen, FloodsFrame("", Many)),
        Resident("a thousand unknown commands", HostileEnd.StaysOpen, FloodsFrame("/nonsense", Many),
            Gets(Refusal.UnknownCommand, Many)),
        Resident("a flood of texts", HostileEnd.StaysOpen, FloodsFrame("flood", 100))
            .Heard([.. Enumerable.Repeat(Hears.Said("flood"), 100)]),
        Resident("a text as long as may be", HostileEnd.StaysOpen, Frame(new string('x', 4096))).Heard(Hears.Said(new string('x', 4096))),
        Resident("a text of one byte more", HostileEnd.StaysOpen, Frame(new string('x', 4097)), Gets(Refusal.LineTooLong)),
        Resident("the longest text there is", HostileEnd.StaysOpen, Frame(new string('x', 65_535)), Gets(Refusal.LineTooLong)),
        Resident("a text a byte at a time", HostileEnd.StaysOpen, Drips([0, 5, .. "hello"u8])).Heard(Hears.Said("hello")),
        Resident("half a length and leaves", HostileEnd.OpenUntilItLeaves, Sends(0)),
        Resident("half a length and resets", HostileEnd.ResetsItself, Sends(0)),
        Resident("a length and no text", HostileEnd.OpenUntilItLeaves, Sends(0, 5)),
        Resident("half a text and resets", HostileEnd.ResetsItself, Sends([0, 5, .. "hel"u8])),
        Resident("never reads, and resets", HostileEnd.ResetsItself, FloodsFrame("/help", 300)),
        Resident("quits many times", HostileEnd.Quit("enough"), FloodsFrame("/quit enough", 100), Gets("* goodbye: you quit")),
        Resident("a fake prefix", HostileEnd.StaysOpen, Frame("<{line}> hello")).Heard(Hears.Said("<{line}> hello")),
        .. StatesOnLines.All.Select(AsMessages).OfType<HostileCase>(),
    ];

    private static HostileCase Resident(string name, HostileEnd end, params HostileStep[] steps) =>
        new($"utf listener: {name}", Listener, steps, end);

    // A case of lines, each of which is one message here. Null for one that a client tells by more than whole lines.
    private static HostileCase? AsMessages(HostileCase lines)
    {
        var isWhole = lines is { IsResident: true, Listener: "line" } && lines.Steps.All(step => step.Act is HostileAct.Get
            || (step is { Act: HostileAct.Send, Times: 1 } && step.Bytes is [.., (byte)'\n'] && !step.Bytes.Contains((byte)'\r')));
        return isWhole ? lines.On(Listener) with { Steps = [.. lines.Steps.SelectMany(Messages)] } : null;
    }

    private static IEnumerable<HostileStep> Messages(HostileStep step) => step.Act == HostileAct.Get
        ? [step]
        : System.Text.Encoding.Latin1.GetString(step.Bytes)[..^1].Split('\n')
            .Select(line => Frame(System.Text.Encoding.Latin1.GetBytes(line)));
}
