using System.Buffers;

namespace MuxChat.Core.Protocols;

/// <summary>
/// Recognises the first line of an HTTP request (RFC 9112, section 3): method, target, version. The target must look like a path or a URI,
/// so that "love is HTTP/1.1" is a line of chat.
/// </summary>
internal static class HttpRequestLine
{
    private const byte Space = (byte)' ';

    // RFC 9110, section 5.6.2: a method is a token.
    private static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>The response to an HTTP client.</summary>
    public static ReadOnlySpan<byte> BadRequest =>
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 71\r\n"u8
        + "Connection: close\r\n\r\n"u8
        + "This is a chat server (MuxChat). This connection does not speak HTTP.\r\n"u8;

    /// <summary>Checks the beginning of a line, without its LF. Returns yes as soon as the version begins.</summary>
    public static ProtocolMatch Match(ReadOnlySpan<byte> line)
    {
        Split(line, out var method, out var target, out var version);
        if (method.IsEmpty || method.ContainsAnyExcept(Token))
        {
            return ProtocolMatch.No;
        }

        if (version.IsEmpty && !line.EndsWith(" "u8))
        {
            return ProtocolMatch.Unsure;
        }

        if (!IsTarget(method, target))
        {
            // The space after the method may be the last byte so far.
            return target.IsEmpty && version.IsEmpty && line.Length == method.Length + 1 ? ProtocolMatch.Unsure : ProtocolMatch.No;
        }

        return MatchVersion(version);
    }

    /// <summary>Whether a truncated line has a method and at least the beginning of a target.</summary>
    public static bool HasTarget(ReadOnlySpan<byte> line)
    {
        Split(line, out var method, out var target, out _);
        return !method.IsEmpty && !method.ContainsAnyExcept(Token) && IsTarget(method, target);
    }

    private static void Split(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> target,
        out ReadOnlySpan<byte> version)
    {
        method = CutWord(line, out var rest);
        target = CutWord(rest, out version);
    }

    private static ReadOnlySpan<byte> CutWord(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> rest)
    {
        var space = bytes.IndexOf(Space);
        rest = space < 0 ? [] : bytes[(space + 1)..];
        return space < 0 ? bytes : bytes[..space];
    }

    // RFC 9112, section 3.2: a path, an asterisk, a whole URI, or, for CONNECT, a host and its port.
    private static bool IsTarget(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target) =>
        target.StartsWith("/"u8)
        || target.SequenceEqual("*"u8)
        || target.IndexOf("://"u8) > 0
        || (method.SequenceEqual("CONNECT"u8) && target.Contains((byte)':'));

    // "HTTP/" and a digit are enough.
    private static ProtocolMatch MatchVersion(ReadOnlySpan<byte> version)
    {
        var name = "HTTP/"u8;
        var common = Math.Min(name.Length, version.Length);
        if (!version[..common].SequenceEqual(name[..common]))
        {
            return ProtocolMatch.No;
        }

        if (version.Length <= name.Length)
        {
            return ProtocolMatch.Unsure;
        }

        return version[name.Length] is >= (byte)'0' and <= (byte)'9' ? ProtocolMatch.Yes : ProtocolMatch.No;
    }
}
