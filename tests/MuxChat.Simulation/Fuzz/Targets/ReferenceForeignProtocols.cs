using System.Text;
using System.Text.RegularExpressions;
using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>Who speaks HTTP or TLS, or sends a PROXY header, by regular expressions over the first line.</summary>
internal static partial class ReferenceForeignProtocols
{
    private const string Block = "\0\r\nQUIT\n";
    private const string Method = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    public static ForeignProtocol Of(ReadOnlySpan<byte> input, int maxLineBytes, bool isCut, out bool isSure)
    {
        var text = Encoding.Latin1.GetString(input[..Math.Min(input.Length, maxLineBytes + 1)]);
        isSure = true;
        if (text.StartsWith('\u0016'))
        {
            isSure = text.Length > 1;
            return text.StartsWith("\u0016\u0003", StringComparison.Ordinal) || !isSure ? ForeignProtocol.Tls : ForeignProtocol.None;
        }

        var content = Encoding.Latin1.GetString(input).TrimStart('\r', '\n');
        if (content.Length > 0
            && (content.StartsWith(Block, StringComparison.Ordinal) || Block.StartsWith(content, StringComparison.Ordinal)))
        {
            isSure = content.Length >= Block.Length;
            return ForeignProtocol.Proxy;
        }

        var line = text.Split('\n')[0];
        if (ProxyLine().IsMatch(isCut ? line : line.Split('\u00ff')[0]))
        {
            return ForeignProtocol.Proxy;
        }

        if (!isCut && line.Contains('\u00ff', StringComparison.Ordinal))
        {
            return Request().IsMatch(line.Split('\u00ff')[0]) ? ForeignProtocol.Http : ForeignProtocol.None;
        }

        if (Request().IsMatch(line))
        {
            return ForeignProtocol.Http;
        }

        var mayBecome = Beginning().IsMatch(line);
        if (mayBecome && line.Length == text.Length && text.Length <= maxLineBytes)
        {
            isSure = false;
            return ForeignProtocol.Http;
        }

        return mayBecome && line.Length == text.Length && CutOff().IsMatch(line) ? ForeignProtocol.Http : ForeignProtocol.None;
    }

    [GeneratedRegex("^PROXY (TCP[46] |UNKNOWN)")]
    private static partial Regex ProxyLine();

    [GeneratedRegex("^(" + Method + @" (/[^ ]*|\*|(?!://)[^ ]+?://[^ ]*)|CONNECT [^ ]*:[^ ]*) HTTP/[0-9]", RegexOptions.Singleline)]
    private static partial Regex Request();

    // Everything that some more bytes could make a request line.
    [GeneratedRegex("^(" + Method + "( [^ ]*)?|" + Method
        + @" (/[^ ]*|\*|(?!://)[^ ]+?://[^ ]*) (H|HT|HTT|HTTP|HTTP/)?|CONNECT [^ ]*:[^ ]* (H|HT|HTT|HTTP|HTTP/)?)?$",
        RegexOptions.Singleline)]
    private static partial Regex Beginning();

    [GeneratedRegex("^(" + Method + @" (/[^ ]*|\*|(?!://)[^ ]+?://[^ ]*)|CONNECT [^ ]*:[^ ]*)( |$)", RegexOptions.Singleline)]
    private static partial Regex CutOff();
}
