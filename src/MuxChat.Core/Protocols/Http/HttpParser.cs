using System.Buffers;
using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Parses the head of a request (RFC 9112, sections 3 and 5; RFC 9110). It never throws and allocates nothing.</summary>
/// <remarks>
/// A proxy before a lenient parser may see other borders between requests than the parser. So this one refuses a bare LF, a folded line, a
/// blank before a colon, two lengths, and a length together with a transfer coding.
/// </remarks>
internal static class HttpParser
{
    private const byte Space = (byte)' ';

    private static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // RFC 9110, section 5.5: no control character but the tab.
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(static value => value != '\t').Select(static value => (byte)value), 0x7F]);

    // RFC 3986, section 3.2.2: a registered name or an address, and a port.
    private static readonly SearchValues<byte> HostBytes =
        SearchValues.Create("-._~!$&'()*+,;=%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> LiteralBytes = SearchValues.Create("0123456789ABCDEFabcdef:."u8);

    private static readonly byte[][] OtherMethods =
        [.. new[] { "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH" }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Parses a head.</summary>
    /// <param name="head">A frame of <see cref="HttpFraming"/>: a whole head, or the first part of one that is too long.</param>
    /// <param name="request">The request, as far as it was understood.</param>
    /// <returns><see cref="HttpStatus.None"/>, or the status of the first fault.</returns>
    public static HttpStatus Parse(ReadOnlySpan<byte> head, out HttpRequest request)
    {
        request = default;
        var end = head.IndexOf((byte)'\n');
        if (end < 0)
        {
            return RefuseLongLine(head, ref request);
        }

        var isWhole = head.EndsWith("\n\r\n"u8) || head.EndsWith("\n\n"u8) || head.SequenceEqual("\r\n"u8);
        if (end == 0 || head[end - 1] != (byte)'\r')
        {
            return HttpStatus.BadRequest;
        }

        var status = ParseRequestLine(head[..(end - 1)], ref request);
        if (status != HttpStatus.None)
        {
            return status;
        }

        if (!isWhole)
        {
            return HttpStatus.FieldsTooLarge;
        }

        return ParseFields(head[(end + 1)..], ref request);
    }

    /// <summary>Whether the bytes are a host with an optional port (RFC 9110, section 7.2).</summary>
    internal static bool IsAuthority(ReadOnlySpan<byte> value)
    {
        var hostEnd = value.StartsWith("["u8) ? value.IndexOf((byte)']') + 1 : value.IndexOf((byte)':') is >= 0 and var colon
            ? colon : value.Length;
        if (hostEnd == 0)
        {
            return false;
        }

        var host = value[..hostEnd];
        var isHost = host[0] == (byte)'[' ? host.Length > 2 && !host[1..^1].ContainsAnyExcept(LiteralBytes)
            : !host.ContainsAnyExcept(HostBytes);
        return isHost && IsPort(value[hostEnd..]);
    }

    private static bool IsPort(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
        {
            return true;
        }

        var digits = rest[1..];
        return rest[0] == (byte)':' && digits.Length <= 5 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static HttpStatus RefuseLongLine(ReadOnlySpan<byte> line, ref HttpRequest request)
    {
        var space = line.IndexOf(Space);
        var method = space < 0 ? line : line[..space];
        if (method.IsEmpty || method.ContainsAnyExcept(Token))
        {
            return HttpStatus.BadRequest;
        }

        request.Method = FindMethod(method);
        return space < 0 ? HttpStatus.NotImplemented : HttpStatus.UriTooLong;
    }

    private static HttpStatus ParseRequestLine(ReadOnlySpan<byte> line, ref HttpRequest request)
    {
        var first = line.IndexOf(Space);
        var last = line.LastIndexOf(Space);
        if (first <= 0 || last == first)
        {
            return HttpStatus.BadRequest;
        }

        var method = line[..first];
        var target = line[(first + 1)..last];
        var version = line[(last + 1)..];
        if (method.ContainsAnyExcept(Token) || target.IsEmpty || target.ContainsAnyExceptInRange((byte)'!', (byte)'~')
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

    private static bool IsVersion(ReadOnlySpan<byte> version) =>
        version.Length == "HTTP/1.1".Length && version.StartsWith("HTTP/"u8) && version[6] == (byte)'.'
        && char.IsAsciiDigit((char)version[5]) && char.IsAsciiDigit((char)version[7]);

    /// <summary>Returns the method of these bytes, which are case-sensitive (RFC 9110, section 9.1).</summary>
    internal static HttpMethod FindMethod(ReadOnlySpan<byte> method)
    {
        if (method.SequenceEqual("GET"u8))
        {
            return HttpMethod.Get;
        }

        if (method.SequenceEqual("HEAD"u8))
        {
            return HttpMethod.Head;
        }

        foreach (var other in OtherMethods)
        {
            if (method.SequenceEqual(other))
            {
                return HttpMethod.Other;
            }
        }

        return HttpMethod.Unknown;
    }

    // The four forms of a target (RFC 9112, section 3.2).
    private static HttpStatus ParseTarget(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, ref HttpRequest request)
    {
        if (method.SequenceEqual("CONNECT"u8))
        {
            request.Path = target;
            return IsAuthority(target) ? HttpStatus.None : HttpStatus.BadRequest;
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
            if (!IsAuthority(request.Authority))
            {
                return HttpStatus.BadRequest;
            }

            target = slash < 0 ? "/"u8 : rest[slash..];
            target = target[0] == (byte)'?' ? "/"u8 : target;
        }

        var query = target.IndexOf((byte)'?');
        request.Path = query < 0 ? target : target[..query];
        request.Query = query < 0 ? default : target[(query + 1)..];
        return HttpStatus.None;
    }

    private static bool StartsWithScheme(ReadOnlySpan<byte> target, ReadOnlySpan<byte> scheme) =>
        target.Length > scheme.Length && Ascii.EqualsIgnoreCase(target[..scheme.Length], scheme);

    private static HttpStatus ParseFields(ReadOnlySpan<byte> lines, ref HttpRequest request)
    {
        var facts = default(HttpFacts);
        var all = lines;
        for (var count = 0; ; count++)
        {
            // The head is whole, so every line has an end.
            var end = lines.IndexOf((byte)'\n');
            if (end < 1 || lines[end - 1] != (byte)'\r')
            {
                return HttpStatus.BadRequest;
            }

            var line = lines[..(end - 1)];
            lines = lines[(end + 1)..];
            if (line.IsEmpty)
            {
                request.Lines = all[..^(lines.Length + 2)];
                return Decide(facts, ref request);
            }

            if (count == HttpLimits.Fields)
            {
                return HttpStatus.FieldsTooLarge;
            }

            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || line[..colon].ContainsAnyExcept(Token) || line[colon..].ContainsAny(Controls)
                || !facts.Note(line[..colon], line[(colon + 1)..].Trim(" \t"u8), ref request))
            {
                return HttpStatus.BadRequest;
            }
        }
    }

    private static HttpStatus Decide(in HttpFacts facts, ref HttpRequest request)
    {
        if (facts.Hosts > 1 || (facts.Hosts == 0 && request.Is11) || (facts.HasCoding && facts.LengthBytes >= 0))
        {
            return HttpStatus.BadRequest;
        }

        if (facts.HasCoding)
        {
            return HttpStatus.NotImplemented;
        }

        // RFC 9110, section 10.1.1: the field is ignored in HTTP/1.0.
        if (facts.Expects && request.Is11)
        {
            return HttpStatus.ExpectationFailed;
        }

        request.HasBody = facts.LengthBytes > 0;
        var connection = request.ValuesOf("connection"u8);
        request.KeepsAlive = !connection.HaveToken("close"u8) && (request.Is11 || connection.HaveToken("keep-alive"u8));
        return HttpStatus.None;
    }
}
