using MuxChat.Core.Buffers;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>Writes an end of line after each message, which holds no LF. <see cref="LineDecoder"/> decodes input.</summary>
public sealed class LineFraming : IFraming
{
    private readonly Replaceable<FrameLimits> _limits;
    private readonly byte[] _end;
    private readonly bool _knowsTelnet;

    /// <summary>Creates the framing.</summary>
    /// <param name="limits">The longest line.</param>
    /// <param name="end">The terminator of each line sent. On input, LF and CRLF both end a line.</param>
    /// <param name="knowsTelnet">Whether telnet clients are expected.</param>
    public LineFraming(Replaceable<FrameLimits> limits, ReadOnlySpan<byte> end, bool knowsTelnet)
    {
        _limits = limits;
        _end = end.ToArray();
        _knowsTelnet = knowsTelnet;
    }

    /// <inheritdoc/>
    public int MaxBytes => _limits.Current.LineBytes;

    /// <inheritdoc/>
    public bool BeginsWithText => true;

    /// <inheritdoc/>
    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) => new LineDecoder(_limits, _knowsTelnet, answers);

    /// <inheritdoc/>
    public void Begin(SegmentWriter writer)
    {
    }

    /// <inheritdoc/>
    public void End(SegmentWriter writer) => writer.Put(_end);
}
