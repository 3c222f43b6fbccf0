using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Http;

namespace MuxChat.Core.Protocols;

/// <summary>Recognises clients that speak no chat protocol by their first bytes, and holds the answer to each.</summary>
/// <remarks>
/// Only the first line decides. Later lines of an HTTP request must not be taken for chat or commands,
/// because a third party may have written its headers and body.
/// </remarks>
internal static class ForeignProtocols
{
    private const byte LineFeed = (byte)'\n';
    private const byte TlsHandshake = 0x16;
    private const byte TlsMajorVersion = 0x03;

    /// <summary>
    /// Checks a client of any framing. Only a client of line framing can be foreign. With any other
    /// framing, its first bytes have already identified it.
    /// </summary>
    public static ProtocolMatch Detect(
        IFraming framing, ReadOnlySpan<byte> first, int maxLineBytes, bool isCut, out ForeignProtocol foreign)
    {
        foreign = ForeignProtocol.None;
        return framing.BeginsWithText ? Detect(first, maxLineBytes, isCut, out foreign) : ProtocolMatch.No;
    }

    /// <summary>
    /// Checks the first bytes of a client. Returns yes as soon as it is sure. Returns no at the end of the first line with content at the
    /// latest, or if that line is longer than <paramref name="maxLineBytes"/>.
    /// </summary>
    /// <param name="first">The bytes.</param>
    /// <param name="maxLineBytes">The longest line, in bytes.</param>
    /// <param name="isCut">Whether telnet commands have been removed from <paramref name="first"/>. If not, only the bytes before the first
    /// telnet command count, because the content after it is known only once the command is removed.</param>
    /// <param name="foreign">The foreign protocol. If the result is unsure, the protocol that it may turn out to be.</param>
    public static ProtocolMatch Detect(ReadOnlySpan<byte> first, int maxLineBytes, bool isCut, out ForeignProtocol foreign)
    {
        if (!first.IsEmpty && first[0] == TlsHandshake)
        {
            return DetectTls(first, out foreign);
        }

        if (ProxyHeaderStart.MatchBlock(first) is var block and not ProtocolMatch.No)
        {
            foreign = ForeignProtocol.Proxy;
            return block;
        }

        // Looks at no more than it would if the bytes came in pieces. Bytes over the limit must not decide.
        foreign = ForeignProtocol.Http;
        var line = first[..Math.Min(first.Length, maxLineBytes + 1)];
        var end = line.IndexOf(LineFeed);
        line = end < 0 ? line : line[..end];
        var command = isCut ? -1 : line.IndexOf(TelnetSequence.Iac);
        line = command < 0 ? line : line[..command];
        if (ProxyHeaderStart.IsLine(line))
        {
            foreign = ForeignProtocol.Proxy;
            return ProtocolMatch.Yes;
        }

        var match = HttpRequestLine.Match(line);
        if (match != ProtocolMatch.Unsure || command >= 0)
        {
            return Sure(match == ProtocolMatch.Yes, ref foreign);
        }

        if (end < 0 && line.Length <= maxLineBytes)
        {
            return ProtocolMatch.Unsure;
        }

        // The target of a request may be longer than any chat line.
        return Sure(end < 0 && HttpRequestLine.HasTarget(line), ref foreign);
    }

    /// <summary>
    /// Whether the first bytes of a client of this protocol are the beginning of a foreign one, as far as they go. A word alone begins no
    /// request of HTTP, but a known method and a target do.
    /// </summary>
    public static bool IsBeginning(IProtocol protocol, ReadOnlySpan<byte> first) =>
        protocol.DetectForeign(first, isCut: false, out var foreign) == ProtocolMatch.Unsure
        && (foreign != ForeignProtocol.Http || HttpRequestLine.IsBeginning(first));

    /// <summary>Checks for TLS alone, on a listener whose clients speak HTTP.</summary>
    public static ProtocolMatch DetectTls(ReadOnlySpan<byte> first, out ForeignProtocol foreign)
    {
        foreign = ForeignProtocol.Tls;
        return first.IsEmpty || first[0] != TlsHandshake ? Sure(false, ref foreign)
            : first.Length < 2 ? ProtocolMatch.Unsure : Sure(first[1] == TlsMajorVersion, ref foreign);
    }

    /// <summary>The last message to such a client, in the protocol that it speaks; empty for <see cref="ForeignProtocol.None"/>.</summary>
    public static ReadOnlySpan<byte> AnswerTo(ForeignProtocol foreign) => foreign switch
    {
        ForeignProtocol.Http => HttpRequestLine.BadRequest,
        ForeignProtocol.Proxy => ProxyHeaderStart.Refusal,

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

/// <summary>The protocol of a client that came to the wrong port, or that a third party sent there.</summary>
public enum ForeignProtocol
{
    /// <summary>No foreign protocol.</summary>
    None,

    /// <summary>HTTP (RFC 9112): a browser, or a page that posts to this port.</summary>
    Http,

    /// <summary>TLS (RFC 8446). The server cannot read its input.</summary>
    Tls,

    /// <summary>A PROXY header from a peer that may not send one: what it says about the client's address is not believed.</summary>
    Proxy,
}
