using MuxChat.Core.Buffers;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>Lines: a message holds no LF, and an end of line comes after it. See <see cref="LineDecoder"/> for what comes in.</summary>
public sealed class LineFraming : IFraming
{
    private readonly Replaceable<FrameLimits> _limits;
    private readonly byte[] _end;
    private readonly bool _knowsTelnet;

    /// <summary>Creates the framing.</summary>
    /// <param name="limits">How long a line may be.</param>
    /// <param name="end">What ends each line that goes out. LF and CRLF both end one that comes in.</param>
    /// <param name="knowsTelnet">Whether telnet clients are expected.</param>
    public LineFraming(Replaceable<FrameLimits> limits, ReadOnlySpan<byte> end, bool knowsTelnet)
    {
        _limits = limits;
        _end = end.ToArray();
        _knowsTelnet = knowsTelnet;
    }

    /// <inheritdoc/>
    public IFrameDecoder CreateDecoder(IDecoderAnswers answers) => new LineDecoder(_limits, _knowsTelnet, answers);

    /// <inheritdoc/>
    public void Begin(SegmentWriter writer)
    {
    }

    /// <inheritdoc/>
    public void End(SegmentWriter writer) => writer.Put(_end);
}
