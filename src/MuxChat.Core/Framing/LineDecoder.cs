using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>Cuts lines out of a stream. LF or CRLF ends a line. The decoder does not check the content.</summary>
/// <remarks>
/// <para>If telnet clients are expected, the decoder also removes telnet sequences (RFC 854, 855) from lines and
/// refuses every option. CR NUL then ends a line too.</para>
/// <para>A client that has sent a telnet command or CR NUL is a telnet client. From then on a lone CR also ends a line, and an LF or NUL
/// after it belongs to that end. In all other streams a lone CR is a byte of the line.</para>
/// <para>A line above the limit gets one <see cref="DecodeStatus.TooLong"/> and is skipped to its end. A line without an end within
/// <see cref="FrameLimits.OverrunFactor"/> times the limit is an overrun; its telnet sequences count like its other bytes.</para>
/// <para>The unfinished line is kept at the front of the pending bytes. Each byte moves down at most once, and the line moves up once if a
/// call ends without a frame. The work is therefore linear in the bytes, however many sequences they hold.</para>
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

    // Whether the previous byte was a CR, not counting telnet sequences. For a telnet client, that CR has ended the line.
    private bool _isAfterCr;

    // The line's bytes kept at the front of the pending bytes, and all bytes received for it, with telnet sequences and skipped bytes.
    private int _kept;
    private long _counted;

    // The limit for this line, read when it began.
    private int _maxLineBytes;

    /// <summary>Creates a decoder for lines of at most <see cref="FrameLimits.LineBytes"/>, not counting the terminator.</summary>
    /// <param name="limits">The longest line.</param>
    /// <param name="knowsTelnet">Whether telnet clients are expected. If not, the bytes of telnet commands
    /// stay in the line, which is then not UTF-8.</param>
    /// <param name="answers">Sends the answers to a telnet client's requests; null to send none.</param>
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

    // Skips the LF or NUL after a telnet client's CR, which may arrive in a later read. A telnet
    // client always sends one of the two (RFC 854).
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

    // Adds bytes to the line, or skips them. Null means that decoding continues.
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

        // One byte above the limit may still be the CR of a CRLF.
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

        // Skipping begins at the same byte, however the line was cut into reads.
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
                // The sequence is consumed next. An LF or NUL after it belongs to this line's end.
                return EndLine(isCrKept: true);
            }
        }

        Refuse(pending.Slice(at, length));
        at += length;
        telnetBytes += length;
        return Count(length);
    }

    // Keeps or skips the bytes together, so that the second byte of IAC IAC never begins a sequence.
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

    // All options stay off. The decoder refuses requests to use one and answers nothing else, so no loop can arise (RFC 1143, section 7).
    // After an interrupt, a client discards output until its DO TIMING-MARK is answered (RFC 860).
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

    // Moves the line up over the sequences that were in it, next to the bytes that follow.
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
