using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>Remembers which addresses have spoken HTTP, and says how long a silent client of an address goes without a greeting.</summary>
/// <remarks>
/// Browsers open connections before they need them. A greeting on such a connection would be the response to its first request, and the
/// browser would show an error instead of the page. So a silent client waits longer if it may be a browser. Bytes of a client end the wait
/// at once. The table has a fixed size; two addresses may share a place, and then wait for each other.
/// </remarks>
/// <param name="key">Secret and random, so that a client cannot choose the place of another.</param>
public sealed class BrowserAddresses(ulong key)
{
    /// <summary>The addresses remembered: 4,096, in 32 KB.</summary>
    public const int Places = 4096;

    /// <summary>
    /// Milliseconds before the greeting if the address spoke HTTP at most <see cref="NearMs"/> before the client came, or since: 11,000.
    /// </summary>
    /// <remarks>Chromium closes a connection that it opened and never used after 10 s.</remarks>
    public const int SpareSilenceMs = 11_000;

    /// <summary>
    /// Milliseconds before the greeting if the address ever spoke HTTP: 2,000. A browser connects while its user still types the address.
    /// </summary>
    public const int KnownSilenceMs = 2000;

    /// <summary>Milliseconds between a request and a connection that the browser opened with it, at most: 1,000.</summary>
    public const int NearMs = 1000;

    // The time of the last bytes of HTTP, plus one; 0 for never.
    private readonly long[] _lastMs = new long[Places];

    /// <summary>Records that a client of this address speaks HTTP.</summary>
    /// <param name="address">The address.</param>
    /// <param name="nowMs">The clock's time, in milliseconds.</param>
    public void Note(PeerAddress address, long nowMs) => _lastMs[AddressPlaces.Find(address, key, Places)] = nowMs + 1;

    /// <summary>Returns the milliseconds of silence before a client is greeted as a person.</summary>
    /// <param name="address">The address of the client.</param>
    /// <param name="startedMs">The time at which it came, in the clock's milliseconds.</param>
    public int SilenceMs(PeerAddress address, long startedMs)
    {
        var last = _lastMs[AddressPlaces.Find(address, key, Places)];
        return last == 0 ? ProtocolDetector.SilenceMs : last + NearMs > startedMs ? SpareSilenceMs : KnownSilenceMs;
    }
}
