using System.Buffers;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Checks the host and port of a request (RFC 9110, section 7.2).</summary>
internal static class HttpAuthority
{
    // RFC 3986, section 3.2.2: a registered name or an address, and a port.
    private static readonly SearchValues<byte> HostBytes =
        SearchValues.Create("-._~!$&'()*+,;=%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> LiteralBytes = SearchValues.Create("0123456789ABCDEFabcdef:."u8);

    /// <summary>Whether the bytes are a host with an optional port (RFC 9110, section 7.2).</summary>
    public static bool IsValid(ReadOnlySpan<byte> value)
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
}
