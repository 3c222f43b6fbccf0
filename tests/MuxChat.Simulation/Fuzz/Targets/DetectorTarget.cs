using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// Which protocol, and which stranger: once there are enough bytes to tell, more of them change nothing, and enough are few.
/// </summary>
internal sealed class DetectorTarget : IFuzzTarget
{
    private const int MaxLineBytes = 64;

    private static readonly string[] IrcWords = ["CAP", "NICK", "USER", "PASS", "PING", "QUIT", "WEBIRC"];

    private readonly LineProtocol _line = new(new FrameLimits { LineBytes = MaxLineBytes });
    private readonly ProtocolDetector _detector;

    public DetectorTarget() =>
        _detector = new ProtocolDetector(_line, new JsonProtocol.Signature(new JsonProtocol()),
        new IrcProtocol.Signature(new IrcProtocol()));

    public string Name => "detector";

    public void Generate(FuzzRandom random, InputBuffer input)
    {
        switch (random.Next(5))
        {
            case 0:
                input.Put(random.Pick((string[])["GET ", "POST ", "CONNECT ", "get ", "M-SEARCH ", "(x) ", "\u0016\u0003", "\0", ""]));
                input.Put(random.Pick((string[])["/", "*", "a:1", "http://a/", "ftp://", "x", "//", ""]));
                input.Put(random.Pick((string[])[" HTTP/1.1", " HTTP/2.0", " HTTP/", " http/1.1", " HTTP/x", "  HTTP/1.1", ""]));
                input.Put(random.Pick((string[])["\r\n", "\n", "", " \r\n"]));
                break;
            case 4:
                input.Put(random.Pick((string[])["CAP", "nick", "User", "PASS", "PING", "QUIT", "WEBIRC", "PIN", "QUITE", "NICKS",
                    "P", "/nick"]));
                input.Put(random.Pick((string[])[" a", "\r\n", "\n", "", "x", " "]));
                break;
            case 1:
                Grammar.PutNoise(random, input);
                break;
            case 2:
                Grammar.PutFrames(random, input);
                break;
            default:
                Grammar.PutLines(random, input);
                break;
        }
    }

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        if (input.IsEmpty)
        {
            return _detector.Detect(input) is null ? null : "a protocol without a byte";
        }

        // Tried on every beginning of the input: the first that is enough decides.
        for (var length = 1; length <= Math.Min(input.Length, MaxLineBytes + 2); length++)
        {
            var expected = NameOf(input[..length]);
            var protocol = _detector.Detect(input[..length]);
            if (protocol?.Name != expected)
            {
                return $"after {length} bytes it is {protocol?.Name}, not {expected}";
            }
        }

        return CheckForeign(input, isCut: false) ?? CheckForeign(input, isCut: true);
    }

    private static string? NameOf(ReadOnlySpan<byte> first)
    {
        if (first[0] == 0)
        {
            return "frame";
        }

        var text = System.Text.Encoding.Latin1.GetString(first);
        if (Array.Exists(IrcWords, word => text.Length <= word.Length && word.StartsWith(text, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var end = text.IndexOfAny([' ', '\r', '\n']);
        return end > 0 && IrcWords.Contains(text[..end], StringComparer.OrdinalIgnoreCase) ? "irc" : "line";
    }

    private string? CheckForeign(ReadOnlySpan<byte> input, bool isCut)
    {
        var whole = _line.DetectForeign(input, isCut, out var foreign);
        if (foreign != ReferenceForeignProtocols.Of(input, MaxLineBytes, isCut, out var isSure)
            || (whole != ProtocolMatch.Unsure) != isSure)
        {
            return $"whole it is {foreign} ({whole}), the model says {ReferenceForeignProtocols.Of(input, MaxLineBytes, isCut, out _)} "
                + $"(sure: {isSure})";
        }

        // Empty lines decide nothing for good: a PROXY header of version 2 begins with two.
        var decided = ProtocolMatch.Unsure;
        var blank = input.Length - input.TrimStart("\r\n"u8).Length;
        for (var length = 1; length <= input.Length && (decided == ProtocolMatch.Unsure || length <= blank + 1); length++)
        {
            decided = _line.DetectForeign(input[..length], isCut, out _);
            if (decided == ProtocolMatch.Unsure && length - blank > MaxLineBytes)
            {
                return $"unsure after {length} bytes";
            }
        }

        return decided == whole ? null : $"whole {whole}, byte by byte {decided}";
    }
}
