using System.Buffers;
using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The first line of a request (RFC 9112, section 3): method, target, version. Recognises it, and parses it.</summary>
/// <remarks>To be recognised, the target must look like a path or a URI, so that "love is HTTP/1.1" is a line of chat.</remarks>
internal static class HttpRequestLine
{
    private const byte Space = (byte)' ';

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly (byte[] Name, HttpMethod Method)[] Methods =
    [
        Row("GET", HttpMethod.Get),
        Row("HEAD", HttpMethod.Head),
        Row("PUT", HttpMethod.Put),
        Row("POST", HttpMethod.Post),
        Row("OPTIONS", HttpMethod.Options),
        Row("DELETE", HttpMethod.Other),
        Row("CONNECT", HttpMethod.Other),
        Row("TRACE", HttpMethod.Other),
        Row("PATCH", HttpMethod.Other),
    ];

    /// <summary>The response to an HTTP client.</summary>
    public static ReadOnlySpan<byte> BadRequest =>
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 71\r\n"u8
        + "Connection: close\r\n\r\n"u8
        + "This is a chat server (MuxChat). This connection does not speak HTTP.\r\n"u8;

    /// <summary>Checks the beginning of a line, without its LF. Returns yes as soon as the version begins.</summary>
    public static ProtocolMatch Match(ReadOnlySpan<byte> line)
    {
        Split(line, out var method, out var target, out var version);
        if (!IsToken(method))
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
        return IsToken(method) && IsTarget(method, target);
    }

    /// <summary>Whether bytes without the end of a line begin with a known method and the beginning of a target.</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> first) => !first.Contains((byte)'\n') && HasTarget(first)
        && FindMethod(first[..first.IndexOf((byte)' ')]) != HttpMethod.Unknown;

    /// <summary>Parses a whole line, without its CR and LF.</summary>
    /// <returns><see cref="HttpStatus.None"/>, or the status of the first fault.</returns>
    public static HttpStatus Parse(ReadOnlySpan<byte> line, ref HttpRequest request)
    {
        Split(line, out var method, out var target, out var version);
        if (!IsToken(method) || target.IsEmpty || target.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            || target.Contains((byte)'#') || !IsVersion(version))
        {
            return HttpStatus.BadRequest;
        }

        request.Method = FindMethod(method);
        request.Is11 = version[^1] != (byte)'0';
        if (version[5] != (byte)'1')
        {
            return HttpStatus.VersionNotSupported;
        }

        if (request.Method == HttpMethod.Unknown)
        {
            return HttpStatus.NotImplemented;
        }

        return target.Length > HttpLimits.TargetBytes ? HttpStatus.UriTooLong : ParseTarget(method, target, ref request);
    }

    /// <summary>Returns the status for a line that is too long to have its end.</summary>
    public static HttpStatus RefuseLong(ReadOnlySpan<byte> line, ref HttpRequest request)
    {
        Split(line, out var method, out _, out _);
        if (!IsToken(method))
        {
            return HttpStatus.BadRequest;
        }

        request.Method = FindMethod(method);
        return method.Length == line.Length ? HttpStatus.NotImplemented : HttpStatus.UriTooLong;
    }

    /// <summary>Returns the method of these bytes, which are case-sensitive (RFC 9110, section 9.1).</summary>
    public static HttpMethod FindMethod(ReadOnlySpan<byte> method)
    {
        foreach (var known in Methods)
        {
            if (method.SequenceEqual(known.Name))
            {
                return known.Method;
            }
        }

        return HttpMethod.Unknown;
    }

    /// <summary>Whether the bytes are a token, such as a method or the name of a field (RFC 9110, section 5.6.2).</summary>
    public static bool IsToken(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && !bytes.ContainsAnyExcept(Token);

    private static (byte[] Name, HttpMethod Method) Row(string name, HttpMethod method) => (Encoding.ASCII.GetBytes(name), method);

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

    // The same forms as in ParseTarget, by their beginnings: a line may be cut.
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

    private static bool IsVersion(ReadOnlySpan<byte> version) =>
        version.Length == "HTTP/1.1".Length && version.StartsWith("HTTP/"u8) && version[6] == (byte)'.'
        && char.IsAsciiDigit((char)version[5]) && char.IsAsciiDigit((char)version[7]);

    // The four forms of a target (RFC 9112, section 3.2).
    private static HttpStatus ParseTarget(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, ref HttpRequest request)
    {
        if (method.SequenceEqual("CONNECT"u8))
        {
            request.Path = target;
            return HttpAuthority.IsValid(target) ? HttpStatus.None : HttpStatus.BadRequest;
        }

        if (target.SequenceEqual("*"u8))
        {
            request.Path = target;
            return method.SequenceEqual("OPTIONS"u8) ? HttpStatus.None : HttpStatus.BadRequest;
        }

        if (target[0] != (byte)'/')
        {
            var rest = StartsWithScheme(target, "http://"u8) ? target["http://".Length..]
                : StartsWithScheme(target, "https://"u8) ? target["https://".Length..] : default;
            var slash = rest.IndexOfAny((byte)'/', (byte)'?');
            request.Authority = slash < 0 ? rest : rest[..slash];
            if (!HttpAuthority.IsValid(request.Authority))
            {
                return HttpStatus.BadRequest;
            }

            target = slash < 0 ? default : rest[slash..];
        }

        // A URI without a path asks for the root (RFC 9112, section 3.2.1).
        var query = target.IndexOf((byte)'?');
        var path = query < 0 ? target : target[..query];
        request.Path = path.IsEmpty ? "/"u8 : path;
        request.Query = query < 0 ? default : target[(query + 1)..];
        return HttpStatus.None;
    }

    private static bool StartsWithScheme(ReadOnlySpan<byte> target, ReadOnlySpan<byte> scheme) =>
        target.Length > scheme.Length && Ascii.EqualsIgnoreCase(target[..scheme.Length], scheme);
}
