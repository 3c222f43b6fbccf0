using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>
/// Recognises clients that speak no chat protocol by the first bytes, and says what they are told. The first line decides: what an HTTP
/// client sends behind it, headers and a body that somebody else may have written, would be lines and commands.
/// </summary>
internal static class ForeignProtocols
{
    private const byte LineFeed = (byte)'\n';
    private const byte TlsHandshake = 0x16;
    private const byte TlsMajorVersion = 0x03;

    /// <summary>
    /// The same where the client's lines may be in a framing of another kind: its first bytes are then a border and no line, and the client
    /// has shown with them that it is not foreign.
    /// </summary>
    public static ProtocolMatch Detect(
        IFraming framing, ReadOnlySpan<byte> first, int maxLineBytes, bool isCut, out ForeignProtocol foreign)
    {
        foreign = ForeignProtocol.None;
        return framing is LineFraming ? Detect(first, maxLineBytes, isCut, out foreign) : ProtocolMatch.No;
    }

    /// <summary>
    /// Looks at the bytes that a client began with. It says yes as soon as it is sure, and no at the end of the first line at the latest,
    /// or when that has none within <paramref name="maxLineBytes"/>.
    /// </summary>
    /// <param name="first">The bytes.</param>
    /// <param name="maxLineBytes">The longest line.</param>
    /// <param name="isCut">
    /// Whether telnet commands are cut out already. Where not, nothing behind the first one counts: what stands there is known
    /// only when it is cut out. </param>
    /// <param name="foreign">What it speaks; where the answer is unsure, what it may yet turn out to speak.</param>
    public static ProtocolMatch Detect(ReadOnlySpan<byte> first, int maxLineBytes, bool isCut, out ForeignProtocol foreign)
    {
        if (!first.IsEmpty && first[0] == TlsHandshake)
        {
            foreign = ForeignProtocol.Tls;
            return first.Length < 2 ? ProtocolMatch.Unsure : Sure(first[1] == TlsMajorVersion, ref foreign);
        }

        // No more than would be looked at if it came in pieces: what is cut off must not decide.
        foreign = ForeignProtocol.Http;
        var line = first[..Math.Min(first.Length, maxLineBytes + 1)];
        var end = line.IndexOf(LineFeed);
        line = end < 0 ? line : line[..end];
        var command = isCut ? -1 : line.IndexOf(TelnetSequence.Iac);
        var match = HttpRequestLine.Match(command < 0 ? line : line[..command]);
        if (match != ProtocolMatch.Unsure || command >= 0)
        {
            return Sure(match == ProtocolMatch.Yes, ref foreign);
        }

        if (end < 0 && line.Length <= maxLineBytes)
        {
            return ProtocolMatch.Unsure;
        }

        // A target may be longer than any line.
        return Sure(end < 0 && HttpRequestLine.HasTarget(line), ref foreign);
    }

    /// <summary>The last words to such a client, in its own protocol.</summary>
    public static ReadOnlySpan<byte> AnswerTo(ForeignProtocol foreign) => foreign switch
    {
        ForeignProtocol.Http => HttpRequestLine.BadRequest,

        // A fatal alert: handshake_failure (RFC 8446, section 6).
        ForeignProtocol.Tls => [21, 3, 1, 0, 2, 2, 40],
        _ => [],
    };

    private static ProtocolMatch Sure(bool isForeign, ref ForeignProtocol foreign)
    {
        foreign = isForeign ? foreign : ForeignProtocol.None;
        return isForeign ? ProtocolMatch.Yes : ProtocolMatch.No;
    }
}

/// <summary>What a client speaks that came to the wrong port, or was sent there by somebody.</summary>
public enum ForeignProtocol
{
    /// <summary>It is none.</summary>
    None,

    /// <summary>HTTP (RFC 9112): a browser, or a page that makes one post to this port.</summary>
    Http,

    /// <summary>TLS (RFC 8446): nothing that comes can be read.</summary>
    Tls,
}
