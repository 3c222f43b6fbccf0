using System.Globalization;

namespace MuxChat.Core.Protocols.Http;

/// <summary>Writes the head of a response. One object for all clients of a protocol, one response at a time.</summary>
internal sealed class HttpHead
{
    /// <summary>
    /// The longest head, in bytes: 4 KiB. A file's name and the server's own URL have limits, and nothing of a request is repeated. So it
    /// is never reached.
    /// </summary>
    public const int MaxBytes = 4096;

    private readonly byte[] _bytes = new byte[MaxBytes];
    private readonly byte[] _date = new byte["Sat, 21 Nov 2026 10:00:00 GMT".Length];
    private long _dateSecond = long.MinValue;
    private int _length;

    /// <summary>The bytes written since <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Begins with the status line and the date (RFC 9110, section 6.6.1).</summary>
    public HttpHead Begin(HttpStatus status, long unixMs)
    {
        _length = 0;
        return Put("HTTP/1.1 "u8).Put(HttpStatuses.LineOf(status)).Put("\r\nDate: "u8).Put(DateAt(unixMs)).Put("\r\n"u8);
    }

    public HttpHead Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        return this;
    }

    public HttpHead Put(long number)
    {
        number.TryFormat(_bytes.AsSpan(_length), out var written, provider: CultureInfo.InvariantCulture);
        _length += written;
        return this;
    }

    /// <summary>Puts a time in the form of a date (RFC 9110, section 5.6.7).</summary>
    public HttpHead PutDate(long unixMs)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
        time.TryFormat(_bytes.AsSpan(_length), out var written, "r", CultureInfo.InvariantCulture);
        _length += written;
        return this;
    }

    // IMF-fixdate (RFC 9110, section 5.6.7), once a second.
    private ReadOnlySpan<byte> DateAt(long unixMs)
    {
        var second = unixMs / 1000;
        if (second != _dateSecond)
        {
            DateTimeOffset.FromUnixTimeSeconds(second).TryFormat(_date, out _, "r", CultureInfo.InvariantCulture);
            _dateSecond = second;
        }

        return _date;
    }
}
