using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Compares the entity tags of requests with those of resources (RFC 9110, section 13.1).</summary>
internal static class HttpConditions
{
    /// <summary>Whether If-None-Match names a tag, so that the client has the content.</summary>
    /// <remarks>The comparison is weak (section 13.1.2), so a <c>W/</c> before the tag does not matter.</remarks>
    public static bool IsKnown(ReadOnlySpan<byte> tag, HttpFields values)
    {
        foreach (var value in values)
        {
            foreach (var element in new HttpList(value))
            {
                var one = element.StartsWith("W/"u8) ? element[2..] : element;
                if (one.SequenceEqual(tag) || element.SequenceEqual("*"u8))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether If-Range lets a range apply: it is missing, or names this content by its tag (section 13.1.5).</summary>
    /// <remarks>A date never does: two files may have one, so it is no strong validator here (section 8.8.2.2).</remarks>
    public static bool LetsRangeApply(ReadOnlySpan<byte> tag, HttpFields values) =>
        values.Count() == 0 || values.Single().SequenceEqual(tag);

    /// <summary>The strong entity tag of a file: its SHA-256.</summary>
    public static byte[] TagOf(byte[] sha256) => Encoding.ASCII.GetBytes($"\"{Convert.ToHexStringLower(sha256)}\"");
}
