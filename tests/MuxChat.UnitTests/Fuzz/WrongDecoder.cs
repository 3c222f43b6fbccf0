using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Fuzz;

/// <summary>A line decoder with one mistake, of the kinds that decoders have.</summary>
internal sealed class WrongDecoder(int limit, string wrong, IDecoderAnswers answers) : IFrameDecoder
{
    private readonly LineDecoder _right =
        new(new FrameLimits { LineBytes = wrong == "ignores the limit" ? limit * 3 : limit }, answers: answers);
    private int _calls;
    private int _unfinished;

    public Decoded Decode(Span<byte> pending)
    {
        _calls++;
        if (wrong == "throws" && pending.Contains((byte)'#'))
        {
            return new Decoded(DecodeStatus.NeedMore, pending[pending.Length]);
        }

        if (wrong == "throws at the end of the bytes" && !pending.IsEmpty && pending[^1] == '\r')
        {
            return new Decoded(DecodeStatus.NeedMore, pending[..(pending.Length + 1)].Length);
        }

        // The second half of what came in pieces is taken for a new line.
        if (wrong == "hurries when bytes are missing" && _calls > 1 && pending.Length == limit && !pending.Contains((byte)'\n'))
        {
            return new Decoded(DecodeStatus.Frame, limit, 0, limit);
        }

        // Only what came in pieces is asked about again.
        if (wrong == "forgets its place" && _unfinished > 3 && pending.Length > _unfinished)
        {
            _unfinished = 0;
            return new Decoded(DecodeStatus.NeedMore, 1);
        }

        var decoded = _right.Decode(pending);
        _unfinished = decoded is { Status: DecodeStatus.NeedMore, Consumed: 0 } ? pending.Length : 0;
        return wrong switch
        {
            "consumes too much" when decoded.Status == DecodeStatus.TooLong => decoded with { Consumed = pending.Length + 1 },
            "consumes nothing" when decoded is { Status: DecodeStatus.Frame, Length: 0 } => new Decoded(DecodeStatus.Frame, 0),
            "frame outside" when decoded is { Status: DecodeStatus.Frame, Length: 2 } =>
                decoded with { Start = decoded.Start + decoded.Consumed },
            "keeps the CR" when decoded.Status == DecodeStatus.Frame && decoded.Length > 0
                && decoded.Consumed == decoded.Start + decoded.Length + 2 => decoded with { Length = decoded.Length + 1 },
            "never overruns" when decoded.Status == DecodeStatus.Overrun => decoded with { Status = DecodeStatus.NeedMore },
            _ => decoded,
        };
    }
}
