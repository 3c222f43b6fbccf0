using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>
/// Cuts lines out of a stream. LF or CRLF ends a line. If telnet clients are expected, it also takes telnet sequences (RFC 854, 855)
/// out of the lines and refuses every option, and CR NUL ends a line. Content is not looked at otherwise.
/// </summary>
/// <remarks>
/// <para>A client that has sent a telnet command or CR NUL is a telnet client. From then on a lone CR ends a line too, and an LF or NUL
/// after it belongs to that end. In all other streams a lone CR is a byte of the line.</para>
/// <para>A line beyond the limit is answered once with <see cref="DecodeStatus.TooLong"/> and skipped to its end. A line without an end
/// within <see cref="FrameLimits.OverrunFactor"/> times the limit is an overrun; its telnet sequences count like its other bytes.</para>
/// <para>The line so far is kept at the front of the bytes. Each byte moves down once at most, and the line moves up once where a call ends
/// without a frame. So the work is linear in the bytes, however many sequences they hold.</para>
/// </remarks>
public sealed class LineDecoder : IFrameDecoder
{
    private const byte Nul = 0;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly Replaceable<FrameLimits> _limits;
    private readonly bool _knowsTelnet;
    private readonly IDecoderAnswers? _answers;
    private bool _isTelnetClient;
    private bool _isSkipping;

    // Whether the byte before was a CR, sequences left aside. A telnet client's has ended its line.
    private bool _isAfterCr;

    // Bytes of the line at the front of what is pending, and all its bytes that have come.
    private int _kept;
    private long _counted;

    // The limit that holds for this line: the one at its beginning.
    private int _maxLineBytes;

    /// <summary>Creates a decoder for lines of at most <see cref="FrameLimits.LineBytes"/>, the terminator not counted.</summary>
    /// <param name="limits">The limit.</param>
    /// <param name="knowsTelnet">Whether telnet clients are expected; without, the bytes of its commands are bytes of the line, which are
    /// not UTF-8.</param>
    /// <param name="answers">Where the answers to a telnet client's requests go; null for nowhere.</param>
    public LineDecoder(Replaceable<FrameLimits> limits, bool knowsTelnet = true, IDecoderAnswers? answers = null)
    {
        _limits = limits;
        _knowsTelnet = knowsTelnet;
        _answers = answers;
    }

    private long MaxBytesToEnd => (long)_maxLineBytes * FrameLimits.OverrunFactor;

    /// <inheritdoc/>
    public Decoded Decode(Span<byte> pending)
    {
        var at = _kept;
        var telnetBytes = 0;
        while (true)
        {
            if (_counted == 0)
            {
                _maxLineBytes = _limits.Current.LineBytes;
            }

            at += RestOfEnd(pending[at..]);
            var found = FindEndOrSequence(pending[at..]);
            var status = Consume(pending, ref at, found < 0 ? pending.Length - at : found)
                ?? (found < 0 ? DecodeStatus.NeedMore
                : pending[at] == TelnetSequence.Iac ? ConsumeSequence(pending, ref at, ref telnetBytes)
                : ConsumeEnd(pending, ref at));
            switch (status)
            {
                case DecodeStatus.NeedMore:
                    return Unfinished(pending, at, telnetBytes);
                case DecodeStatus.Frame:
                    return Finished(at, telnetBytes);
                case DecodeStatus.TooLong:
                    return new Decoded(DecodeStatus.TooLong, at, 0, _maxLineBytes + 1, telnetBytes);
                case DecodeStatus.Overrun:
                    return new Decoded(DecodeStatus.Overrun, pending.Length, TelnetBytes: telnetBytes);
            }
        }
    }

    // The CR has ended the line, and the next byte may have come later. A telnet client sends no CR without one of the two (RFC 854).
    private int RestOfEnd(ReadOnlySpan<byte> bytes)
    {
        if (!_isAfterCr || !_isTelnetClient || bytes.IsEmpty || bytes[0] == TelnetSequence.Iac)
        {
            return 0;
        }

        _isAfterCr = false;
        return bytes[0] is LineFeed or Nul ? 1 : 0;
    }

    private int FindEndOrSequence(ReadOnlySpan<byte> bytes) =>
        !_knowsTelnet ? bytes.IndexOf(LineFeed)
        : _isTelnetClient ? bytes.IndexOfAny(LineFeed, TelnetSequence.Iac, CarriageReturn)
        : bytes.IndexOfAny(LineFeed, TelnetSequence.Iac, Nul);

    // Adds bytes to the line, or skips them. Null to go on.
    private DecodeStatus? Consume(Span<byte> pending, ref int at, int count)
    {
        if (count == 0)
        {
            return null;
        }

        _isAfterCr = pending[at + count - 1] == CarriageReturn;
        if (_isSkipping)
        {
            at += count;
            return Count(count);
        }

        // One byte more than the limit may still be the CR of a CRLF.
        var taken = Math.Min(count, _maxLineBytes + 1 - _kept);
        if (at > _kept)
        {
            pending.Slice(at, taken).CopyTo(pending[_kept..]);
        }

        at += taken;
        _kept += taken;
        if (Count(taken) is { } overrun)
        {
            return overrun;
        }

        if (taken == count && (_kept <= _maxLineBytes || _isAfterCr))
        {
            return null;
        }

        // Always from the same byte on, however the line came in pieces.
        _isSkipping = true;
        _isAfterCr = pending[_maxLineBytes] == CarriageReturn;
        _kept = 0;
        return DecodeStatus.TooLong;
    }

    private DecodeStatus? ConsumeSequence(Span<byte> pending, ref int at, ref int telnetBytes)
    {
        var kind = TelnetSequence.Measure(pending[at..], out var length);
        if (kind == TelnetSequence.Kind.Incomplete)
        {
            return DecodeStatus.NeedMore;
        }

        if (kind == TelnetSequence.Kind.Data)
        {
            return ConsumeData(pending, ref at, length);
        }

        if (!_isTelnetClient)
        {
            _isTelnetClient = true;
            if (_isAfterCr)
            {
                // The sequence comes next: an LF or NUL that follows it belongs to this end.
                return EndLine(isCrKept: true);
            }
        }

        Refuse(pending.Slice(at, length));
        at += length;
        telnetBytes += length;
        return Count(length);
    }

    // The bytes stay together: the second one of IAC IAC begins no sequence, whether it is kept or skipped.
    private DecodeStatus? ConsumeData(Span<byte> pending, ref int at, int length)
    {
        if (_counted + length > MaxBytesToEnd)
        {
            return DecodeStatus.Overrun;
        }

        var end = at + length;
        var status = Consume(pending, ref at, length);
        _counted += end - at;
        at = end;
        _isAfterCr = false;
        return status;
    }

    // All options are off and stay so: requests to use one are refused, and all else needs no answer, so there is no loop (RFC 1143,
    // section 7). After an interrupt a client is deaf until its DO TIMING-MARK is answered (RFC 860).
    private void Refuse(ReadOnlySpan<byte> sequence)
    {
        if (TelnetSequence.RefusalOf(sequence[1]) is var refusal and not 0)
        {
            _answers?.SendAsIs([TelnetSequence.Iac, refusal, sequence[2]]);
        }
    }

    private DecodeStatus? ConsumeEnd(Span<byte> pending, ref int at)
    {
        var end = pending[at];
        if (end == Nul && !_isAfterCr)
        {
            return Consume(pending, ref at, 1);
        }

        at++;
        _isTelnetClient |= end == Nul;
        var isCrKept = _isAfterCr && _kept > 0;
        _isAfterCr = end == CarriageReturn;
        at += RestOfEnd(pending[at..]);
        return EndLine(isCrKept);
    }

    private DecodeStatus? EndLine(bool isCrKept)
    {
        _counted = 0;
        if (_isSkipping)
        {
            _isSkipping = false;
            return null;
        }

        _kept -= isCrKept ? 1 : 0;
        return DecodeStatus.Frame;
    }

    private DecodeStatus? Count(int bytes)
    {
        _counted += bytes;
        return _counted > MaxBytesToEnd ? DecodeStatus.Overrun : null;
    }

    private Decoded Finished(int at, int telnetBytes)
    {
        var length = _kept;
        _kept = 0;
        return new Decoded(DecodeStatus.Frame, at, 0, length, telnetBytes);
    }

    // The line moves up against what follows, over the sequences that were in it.
    private Decoded Unfinished(Span<byte> pending, int at, int telnetBytes)
    {
        var gone = at - _kept;
        if (gone > 0)
        {
            pending[.._kept].CopyTo(pending[gone..]);
        }

        return new Decoded(DecodeStatus.NeedMore, gone, TelnetBytes: telnetBytes);
    }
}
