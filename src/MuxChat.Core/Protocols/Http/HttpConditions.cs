using System.Globalization;
using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Evaluates the preconditions of requests (RFC 9110, section 13).</summary>
internal static class HttpConditions
{
    private const int MsPerSecond = 1000;

    /// <summary>The longest date, in bytes: <c>Wednesday, 30-Sep-26 08:49:37 GMT</c> and some.</summary>
    private const int MaxDateBytes = 40;

    // Section 5.6.7: the present form, and two that old clients send.
    private static readonly string[] Dates = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>Evaluates the preconditions of a request for a file, in the order of section 13.2.2, but for If-Range.</summary>
    /// <param name="request">The request: GET or HEAD.</param>
    /// <param name="tag">The file's entity tag.</param>
    /// <param name="unixMs">The time of its last change.</param>
    /// <returns>None to go on, or the status of the response: 304 or 412.</returns>
    public static HttpStatus Check(scoped in HttpRequest request, ReadOnlySpan<byte> tag, long unixMs)
    {
        var match = request.ValuesOf("if-match"u8);
        var seconds = unixMs / MsPerSecond;
        var isOther = match.Count() > 0 ? !Names(tag, match, isWeak: false)
            : TryReadDate(request.ValuesOf("if-unmodified-since"u8), out var unmodified) && seconds > unmodified;
        if (isOther)
        {
            return HttpStatus.PreconditionFailed;
        }

        var noneMatch = request.ValuesOf("if-none-match"u8);
        var isKnown = noneMatch.Count() > 0 ? IsKnown(tag, noneMatch)
            : TryReadDate(request.ValuesOf("if-modified-since"u8), out var modified) && seconds <= modified;
        return isKnown ? HttpStatus.NotModified : HttpStatus.None;
    }

    /// <summary>Whether If-None-Match names a tag, so that the client has the content.</summary>
    /// <remarks>The comparison is weak (section 13.1.2), so a <c>W/</c> before the tag does not matter.</remarks>
    public static bool IsKnown(ReadOnlySpan<byte> tag, HttpFields values) => Names(tag, values, isWeak: true);

    private static bool Names(ReadOnlySpan<byte> tag, HttpFields values, bool isWeak)
    {
        foreach (var value in values)
        {
            foreach (var element in new HttpList(value))
            {
                var one = isWeak && element.StartsWith("W/"u8) ? element[2..] : element;
                if (one.SequenceEqual(tag) || element.SequenceEqual("*"u8))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A date that is no date, or one of several, is ignored (sections 13.1.3 and 13.1.4).
    private static bool TryReadDate(HttpFields values, out long unixSeconds)
    {
        var text = values.Single();
        var isDate = DateTimeOffset.TryParseExact(Encoding.ASCII.GetString(text[..Math.Min(text.Length, MaxDateBytes)]), Dates,
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date);
        unixSeconds = date.ToUnixTimeSeconds();
        return isDate;
    }

    /// <summary>Whether If-Range lets a range apply: it is missing, or names this content by its tag (section 13.1.5).</summary>
    /// <remarks>A date never does: two files may have one, so it is no strong validator here (section 8.8.2.2).</remarks>
    public static bool LetsRangeApply(ReadOnlySpan<byte> tag, HttpFields values) =>
        values.Count() == 0 || values.Single().SequenceEqual(tag);

    /// <summary>The strong entity tag of a file: its SHA-256.</summary>
    public static byte[] TagOf(byte[] sha256) => Encoding.ASCII.GetBytes($"\"{Convert.ToHexStringLower(sha256)}\"");
}
