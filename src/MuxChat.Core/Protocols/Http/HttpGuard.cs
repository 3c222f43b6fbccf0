using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Admits requests for the guarded resources of a site: by a token, or without one by the name of the host.</summary>
/// <remarks>
/// The token comes as <c>Authorization: Bearer TOKEN</c> (RFC 6750, section 2.1), or as <c>?token=TOKEN</c> (section 2.3), because a page
/// cannot give a WebSocket a header. Without a token, the site listens on this machine only, and the host must be an address or
/// <c>localhost</c>; see <see cref="LocalHost"/>.
/// </remarks>
/// <param name="token">The token; null for none.</param>
public sealed class HttpGuard(ServerPassword? token)
{
    /// <summary>The shortest token, in characters: 16.</summary>
    public const int MinTokenCharacters = 16;

    private const string Unreserved = "-._~";

    /// <summary>The rule of <see cref="IsPossible"/>, in words.</summary>
    public static string Rule => $"a token has {MinTokenCharacters} to {ServerPassword.MaxBytes} letters, digits, or {Unreserved}";

    /// <summary>Whether a text can be a token. It needs no escape in a URL (RFC 3986, section 2.3).</summary>
    public static bool IsPossible(string token) => token.Length is >= MinTokenCharacters and <= ServerPassword.MaxBytes
        && token.All(static letter => char.IsAsciiLetterOrDigit(letter) || Unreserved.Contains(letter, StringComparison.Ordinal));

    /// <summary>Checks a request. Returns <see cref="HttpStatus.None"/>, or the status with which to refuse it.</summary>
    internal HttpStatus Check(scoped in HttpRequest request)
    {
        if (token is null)
        {
            return LocalHost.Matches(request.Authority) ? HttpStatus.None : HttpStatus.Forbidden;
        }

        return token.IsRight(TokenOf(request)) ? HttpStatus.None : HttpStatus.Unauthorized;
    }

    /// <summary>The text for a client that is refused.</summary>
    internal static ReadOnlySpan<byte> Explain(HttpStatus status) => status == HttpStatus.Unauthorized
        ? "The token is missing or wrong: give it as Authorization: Bearer TOKEN, or as ?token=TOKEN.\n"u8
        : "Without --admin-token, the host must be an address or localhost.\n"u8;

    /// <summary>The fields that a refusal needs (RFC 9110, section 11.6.1).</summary>
    internal static ReadOnlySpan<byte> FieldsFor(HttpStatus status) =>
        status == HttpStatus.Unauthorized ? "WWW-Authenticate: Bearer realm=\"muxchat\"\r\n"u8 : default;

    private static ReadOnlySpan<byte> TokenOf(scoped in HttpRequest request)
    {
        var field = request.ValuesOf("authorization"u8).Single();
        var scheme = "Bearer "u8;
        if (field.Length > scheme.Length && Ascii.EqualsIgnoreCase(field[..scheme.Length], scheme))
        {
            return field[scheme.Length..].Trim((byte)' ');
        }

        var query = request.Query;
        foreach (var range in query.Split((byte)'&'))
        {
            if (query[range].StartsWith("token="u8))
            {
                return query[range]["token=".Length..];
            }
        }

        return default;
    }
}
