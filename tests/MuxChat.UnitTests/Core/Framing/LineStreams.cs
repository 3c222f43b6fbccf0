namespace MuxChat.UnitTests.Core.Framing;

/// <summary>Streams that line decoders must cut the same way however they come. Each character is one byte.</summary>
internal static class LineStreams
{
    public const string Iac = "\u00ff";
    public const string Dont = "\u00fe";
    public const string Do = "\u00fd";
    public const string Wont = "\u00fc";
    public const string Will = "\u00fb";
    public const string Sb = "\u00fa";
    public const string Nop = "\u00f1";
    public const string Se = "\u00f0";

    public static readonly IReadOnlyDictionary<string, string> Plain = new Dictionary<string, string>
    {
        ["nothing"] = "",
        ["lf"] = "one\ntwo\nthree\n",
        ["crlf"] = "one\r\ntwo\r\nthree\r\n",
        ["mixed ends"] = "one\ntwo\r\nthree\n",
        ["lone cr"] = "a\rb\n\rc\n",
        ["cr cr lf"] = "a\r\r\nb\n",
        ["lf cr"] = "a\n\rb\n\r",
        ["empty lines"] = "\n\r\n\n\n\r\n",
        ["no end"] = "one\ntwo",
        ["cr at the end"] = "one\ntwo\r",
        ["zeros and high bytes"] = "a\0b\n\u0080\u00e9\u00ef\n\u00c2\n",
        ["exactly 4096"] = X(4096) + "\nnext\n",
        ["exactly 4096 and crlf"] = X(4096) + "\r\nnext\r\n",
        ["4095 and crlf"] = X(4095) + "\r\nnext\n",
        ["4097"] = X(4097) + "\nnext\n",
        ["4097 and crlf"] = X(4097) + "\r\nnext\n",
        ["4096 and lone cr"] = X(4096) + "\ry\nnext\n",
        ["4096 and two cr"] = X(4096) + "\r\r\nnext\n",
        ["4096 no end"] = X(4096),
        ["4096 and cr no end"] = X(4096) + "\r",
        ["4097 no end"] = X(4097),
        ["16383 and crlf"] = X(16383) + "\r\nnext\n",
        ["16384"] = X(16384) + "\nnext\n",
        ["16384 and crlf"] = X(16384) + "\r\nnext\n",
        ["16385"] = X(16385) + "\nnext\n",
        ["16384 no end"] = X(16384),
        ["16385 no end"] = X(16385),
        ["20000 no end"] = "first\n" + X(20000),
        ["too long twice, then good"] = X(5000) + "\n" + X(6000) + "\r\ngood\n\nbetter\n",
    };

    public static readonly IReadOnlyDictionary<string, string> Telnet = new Dictionary<string, string>
    {
        ["two-byte commands"] = string.Concat(
            Enumerable.Range(236, 14).Where(static code => code != 250).Select(static code => $"a{Iac}{(char)code}b\n")),
        ["options of every kind"] = string.Concat(
            new[] { Will, Wont, Do, Dont }.Select(static verb => $"{Iac}{verb}\u0001a{Iac}{verb}\nb{Iac}{verb}\r\n")),
        ["option 255"] = $"a{Iac}{Will}{Iac}b\n",
        ["subnegotiation with lf"] = $"a{Iac}{Sb}\u0018\n\n{Iac}{Se}b\nnext\n",
        ["subnegotiation with iac iac"] = $"a{Iac}{Sb}\u0018{Iac}{Iac}{Se}\n{Iac}{Se}b\nnext\n",
        ["subnegotiation with a command"] = $"a{Iac}{Sb}\u0018{Iac}{Nop}\n{Iac}{Se}b\n",
        ["empty subnegotiation"] = $"a{Iac}{Sb}{Iac}{Se}b\n",
        ["iac iac"] = $"a{Iac}{Iac}b\n{Iac}{Iac}\n",
        ["iac iac nop"] = $"a{Iac}{Iac}{Nop}b\n",
        ["iac iac iac nop"] = $"a{Iac}{Iac}{Iac}{Nop}b\n",
        ["iac before ordinary"] = $"a{Iac}b\n{Iac}\nc{Iac}\r\n",
        ["iac at the end"] = $"one\ntwo{Iac}",
        ["will at the end"] = $"one\ntwo{Iac}{Will}",
        ["subnegotiation at the end"] = $"one\ntwo{Iac}{Sb}\u0018abc\n",
        ["subnegotiation without end"] = $"a{Iac}{Sb}{X(600)}\nnext\n",
        ["subnegotiation of 512"] = $"a{Iac}{Sb}{X(508)}{Iac}{Se}b\nnext\n",
        ["subnegotiation of 513"] = $"a{Iac}{Sb}{X(509)}{Iac}{Se}b\nnext\n",
        ["between cr and lf"] = $"a\r{Iac}{Nop}\nb\n",
        ["nothing but negotiation"] = $"{Iac}{Will}\u0001{Iac}{Do}\u0003{Iac}{Sb}\u0018x{Iac}{Se}",
        ["negotiation before every byte"] = string.Concat("hello\r\n".Select(static c => $"{Iac}{Do}\u0001{c}")),
        ["4096 with negotiation"] = $"{X(2000)}{Iac}{Will}\u0001{X(2096)}{Iac}{Nop}\r\nnext\n",
        ["4097 with negotiation"] = $"{X(2000)}{Iac}{Will}\u0001{X(2097)}\r\nnext\n",
        ["4096, cr, negotiation, lf"] = $"{X(4096)}\r{Iac}{Nop}\nnext\n",
        ["4096, negotiation, cr, lf"] = $"{X(4096)}{Iac}{Nop}\r\nnext\n",
        ["4096 and iac iac"] = $"{X(4096)}{Iac}{Iac}\nnext\n",
        ["4095 and iac iac"] = $"{X(4095)}{Iac}{Iac}\nnext\n",
        ["too long with negotiation"] = $"{X(5000)}{Iac}{Sb}a\nb{Iac}{Se}\nnext\n",
        ["negotiation in front of too long"] = $"{Iac}{Will}\u0001{X(4097)}\nnext\n",
        ["subnegotiation cut by a request"] = $"a{Iac}{Sb}\u0018\n{Iac}{Do}\u0006b\n",
        ["cr nul"] = "one\r\0two\r\0",
        ["lone cr after cr nul"] = "one\r\0two\rthree\r",
        ["every end after a command"] = $"{Iac}{Nop}one\rtwo\r\nthree\r\0four\n",
        ["cr, command"] = $"one\r{Iac}{Nop}two\r",
        ["cr, command, nul"] = $"one\r{Iac}{Nop}\0two\n",
        ["lone cr before any command"] = $"a\rb\n{Iac}{Nop}c\rd\r",
        ["iac iac is no command"] = $"a{Iac}{Iac}\rb\n",
        ["second nul"] = "a\r\0\0b\r",
        ["nul without cr"] = "a\0b\n\0c\n",
        ["empty lines of every kind"] = $"{Iac}{Nop}\r\r\0\r\n\n",
        ["too long, cr nul"] = $"{X(5000)}\r\0next\r\0",
        ["too long, lone cr"] = $"{Iac}{Nop}{X(5000)}\rnext\r",
        ["too long, cr, command"] = $"{X(5000)}\r{Iac}{Nop}next\r",
        ["4096 and cr nul"] = $"{X(4096)}\r\0next\n",
        ["4096, cr, iac iac"] = $"{X(4096)}\r{Iac}{Iac}\0y\nnext\n",
    };

    public static byte[] Get(string name) => Bytes.Latin(Plain.TryGetValue(name, out var plain) ? plain : Telnet[name]);

    private static string X(int count) => new('x', count);
}
