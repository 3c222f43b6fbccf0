using System.Buffers;
using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Recognizes the hosts of requests that only this machine can have: addresses and <c>localhost</c>.</summary>
/// <remarks>
/// A page of another site can reach a server on this machine by a name of its own that leads here (DNS rebinding). The browser then takes
/// the server for a part of that site. Such a request names the other site as its host.
/// </remarks>
internal static class LocalHost
{
    private static readonly SearchValues<byte> OfIPv4 = SearchValues.Create("0123456789."u8);

    /// <summary>Whether the host is an address, <c>localhost</c>, or the machine's name.</summary>
    /// <param name="authority">The host and the port that the client asked for.</param>
    /// <param name="machineName">The machine's name; empty for none.</param>
    public static bool Matches(ReadOnlySpan<byte> authority, ReadOnlySpan<byte> machineName = default)
    {
        if (authority.StartsWith("["u8))
        {
            return true;
        }

        var colon = authority.IndexOf((byte)':');
        var host = colon < 0 ? authority : authority[..colon];
        return !host.IsEmpty && (!host.ContainsAnyExcept(OfIPv4) || Ascii.EqualsIgnoreCase(host, "localhost"u8)
            || Ascii.EqualsIgnoreCase(host, machineName));
    }
}
