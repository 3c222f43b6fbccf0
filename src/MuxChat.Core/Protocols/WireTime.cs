using System.Globalization;

namespace MuxChat.Core.Protocols;

/// <summary>
/// Formats times for the wire: RFC 3339, UTC, milliseconds. It caches the last one, because one event is often encoded in several places.
/// </summary>
public sealed class WireTime
{
    private readonly byte[] _text = new byte["2026-11-21T10:00:00.000Z".Length];
    private long _unixMs = long.MinValue;

    /// <summary>Returns the time as text, valid until the next call.</summary>
    /// <param name="unixMs">Milliseconds since 1970-01-01 UTC, from year 1 to 9999.</param>
    public ReadOnlySpan<byte> Format(long unixMs)
    {
        if (unixMs != _unixMs)
        {
            DateTimeOffset.FromUnixTimeMilliseconds(unixMs)
                .TryFormat(_text, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            _unixMs = unixMs;
        }

        return _text;
    }
}
