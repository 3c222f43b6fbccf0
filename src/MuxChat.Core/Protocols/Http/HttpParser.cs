using System.Buffers;

namespace MuxChat.Core.Protocols.Http;

/// <summary>
/// Parses the head of a request (RFC 9112, sections 3 and 5; RFC 9110): the <see cref="HttpRequestLine"/> and the fields. It never throws
/// and allocates nothing.
/// </summary>
/// <remarks>
/// A proxy before a lenient parser may see other borders between requests than the parser. So this one refuses a bare LF, a folded line, a
/// blank before a colon, two lengths, and a length together with a transfer coding.
/// </remarks>
internal static class HttpParser
{
    // RFC 9110, section 5.5: no control character but the tab.
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(static value => value != '\t').Select(static value => (byte)value), 0x7F]);

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
            return HttpRequestLine.RefuseLong(head, ref request);
        }

        var isWhole = head.EndsWith("\n\r\n"u8) || head.EndsWith("\n\n"u8) || head.SequenceEqual("\r\n"u8);
        if (end == 0 || head[end - 1] != (byte)'\r')
        {
            return HttpStatus.BadRequest;
        }

        var status = HttpRequestLine.Parse(head[..(end - 1)], ref request);
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
            if (colon <= 0 || !HttpRequestLine.IsToken(line[..colon]) || line[colon..].ContainsAny(Controls)
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
            // RFC 9112, sections 6.1 and 6.3. Every server knows what chunked means, and this one lacks the length.
            return facts.IsChunked ? HttpStatus.LengthRequired : HttpStatus.NotImplemented;
        }

        // RFC 9110, section 10.1.1: the field is ignored in HTTP/1.0.
        if (facts.ExpectsOther && request.Is11)
        {
            return HttpStatus.ExpectationFailed;
        }

        request.ExpectsContinue = facts.ExpectsContinue && request.Is11;
        request.LengthBytes = facts.LengthBytes;
        var connection = request.ValuesOf("connection"u8);
        request.KeepsAlive = !connection.HaveToken("close"u8) && (request.Is11 || connection.HaveToken("keep-alive"u8));
        return HttpStatus.None;
    }
}
