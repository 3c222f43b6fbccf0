namespace MuxChat.Core.Framing;

/// <summary>
/// Lines ended by LF or CRLF, with telnet negotiation (RFC 854, 855) cut out wherever it stands, if that is wanted. Content is not looked
/// at otherwise.
/// </summary>
/// <remarks>
/// A line beyond the limit is answered once with <see cref="DecodeStatus.TooLong"/> and skipped to its end; one that has no end within
/// <see cref="FrameLimits.OverrunFactor"/> times the limit, what was cut out of it included, is an overrun.
/// </remarks>
public sealed class LineDecoder : IFrameDecoder
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly int _maxLineBytes;
    private readonly bool _knowsTelnet;
    private int _scanned;
    private long _cutOut;
    private bool _skipping;
    private long _skipped;

    /// <summary>Creates a decoder for lines of at most <paramref name="maxLineBytes"/> bytes, the terminator not counted.</summary>
    /// <param name="maxLineBytes">The limit.</param>
    /// <param name="knowsTelnet">Whether telnet clients are expected; without, the bytes of its commands are bytes of the line, which are
    /// not UTF-8.</param>
    public LineDecoder(int maxLineBytes = FrameLimits.DefaultLineBytes, bool knowsTelnet = true)
    {
        _maxLineBytes = maxLineBytes;
        _knowsTelnet = knowsTelnet;
    }

    /// <inheritdoc/>
    public Decoded Decode(Span<byte> pending)
    {
        if (_skipping)
        {
            return Skip(pending);
        }

        var cut = 0;
        while (true)
        {
            var line = pending[cut..];
            var found = _knowsTelnet ? line[_scanned..].IndexOfAny(LineFeed, TelnetSequence.Iac) : line[_scanned..].IndexOf(LineFeed);
            var at = found < 0 ? line.Length : _scanned + found;
            if (IsTooLong(line, at))
            {
                return BeginSkipping(cut);
            }

            if (found >= 0 && line[at] == LineFeed)
            {
                return Finished(line, at, cut);
            }

            if (!_knowsTelnet)
            {
                _scanned = at;
                return new Decoded(DecodeStatus.NeedMore, cut);
            }

            var kind = TelnetSequence.Measure(line[at..], out var length);
            if (kind == TelnetSequence.Kind.Incomplete)
            {
                _scanned = at;
                return new Decoded(DecodeStatus.NeedMore, cut);
            }

            if (kind == TelnetSequence.Kind.Data)
            {
                _scanned = at + length;
                continue;
            }

            // What stands before it moves up against what follows, so that the line is whole again.
            line[..at].CopyTo(line[length..]);
            cut += length;
            _scanned = at;

            // Before a line there is nothing that moves: a client may send NOP for days to keep its connection.
            _cutOut += at > 0 ? length : 0;
            if (at + _cutOut > (long)_maxLineBytes * FrameLimits.OverrunFactor)
            {
                return new Decoded(DecodeStatus.Overrun, pending.Length);
            }
        }
    }

    private bool IsTooLong(ReadOnlySpan<byte> line, int length) =>
        // One byte more than the limit may still be the CR of a CRLF.
        length > _maxLineBytes + 1 || (length == _maxLineBytes + 1 && line[_maxLineBytes] != CarriageReturn);

    private Decoded BeginSkipping(int cut)
    {
        // Always from the same byte on, however the line came in pieces.
        _skipping = true;
        _skipped = _maxLineBytes + 1 + _cutOut;
        _scanned = 0;
        _cutOut = 0;
        return new Decoded(DecodeStatus.TooLong, cut + _maxLineBytes + 1, cut, _maxLineBytes + 1);
    }

    private Decoded Skip(ReadOnlySpan<byte> pending)
    {
        var end = pending.IndexOf(LineFeed);
        _skipped += end < 0 ? pending.Length : end;
        if (_skipped > (long)_maxLineBytes * FrameLimits.OverrunFactor)
        {
            return new Decoded(DecodeStatus.Overrun, pending.Length);
        }

        _skipping = end < 0;
        return new Decoded(DecodeStatus.NeedMore, end < 0 ? pending.Length : end + 1);
    }

    private Decoded Finished(ReadOnlySpan<byte> line, int end, int cut)
    {
        _scanned = 0;
        _cutOut = 0;
        var length = end > 0 && line[end - 1] == CarriageReturn ? end - 1 : end;
        return new Decoded(DecodeStatus.Frame, cut + end + 1, cut, length);
    }
}
