using MuxChat.Core.Framing;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// A frame decoder: never throws, consumes no more than there is, says the same however the bytes come in pieces, keeps to its limit, and
/// says what an independent model says.
/// </summary>
internal sealed class DecoderTarget(
    string name, Action<FuzzRandom, InputBuffer> generate, Func<int, IDecoderAnswers, IFrameDecoder> create, DecoderTarget.Model model,
    int? fixedLimit = null)
    : IFuzzTarget, IDecoderAnswers
{
    /// <summary>What is left after the last outcome.</summary>
    public const byte Rest = 255;

    /// <summary>All that the decoder answered, where it answered.</summary>
    public const byte Answers = 254;

    private static readonly int[] Limits = [1, 2, 16, 32, 64, 128, 256];

    private readonly TargetTranscript _whole = new();
    private readonly TargetTranscript _pieces = new();
    private readonly TargetTranscript _expected = new();
    private readonly InputBuffer _answers = new();
    private readonly ArrivingBytes _arriving = new();

    /// <summary>Writes down what a decoder with that limit must say: each outcome, what is left after the last, and all answers.</summary>
    public delegate void Model(ReadOnlySpan<byte> input, int limit, TargetTranscript said);

    public string Name => name;

    public void SendAsIs(ReadOnlySpan<byte> bytes) => _answers.Put(bytes);

    public void Generate(FuzzRandom random, InputBuffer input) => generate(random, input);

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        var limit = fixedLimit ?? random.Pick(Limits);
        _expected.Clear();
        model(input, limit, _expected);
        for (var way = 0; way < StreamCutter.Ways; way++)
        {
            var said = way == 0 ? _whole : _pieces;
            said.Clear();
            _answers.Clear();
            var wrong = Decode(create(limit, this), input, way, random, limit, said);
            said.AddAny(Answers, _answers.Bytes);
            if (wrong is not null)
            {
                return $"limit {limit}, way {way}: {wrong}";
            }

            if (!said.IsSameAs(_whole))
            {
                return $"limit {limit}: whole it says {_whole}, in pieces (way {way}) {said}";
            }
        }

        return _whole.IsSameAs(_expected) ? null : $"limit {limit}: it says {_whole}, the model {_expected}";
    }

    private string? Decode(IFrameDecoder decoder, ReadOnlySpan<byte> input, int way, FuzzRandom random, int limit, TargetTranscript said)
    {
        var wrong = _arriving.Feed(
            input, way, random,
            (Span<byte> arrived, ref int start, out bool isOver) => Drain(decoder, arrived, ref start, limit, said, out isOver),
            out var rest, out var isOver);
        if (wrong is null && !isOver)
        {
            said.Add(Rest, rest);
        }

        return wrong;
    }

    private static string? Drain(IFrameDecoder decoder, Span<byte> received, ref int start, int limit, TargetTranscript said,
        out bool isOver)
    {
        isOver = false;
        while (true)
        {
            var pending = received[start..];
            var decoded = decoder.Decode(pending);
            if (decoded.Consumed < 0 || decoded.Consumed > pending.Length)
            {
                return $"{decoded.Consumed} bytes consumed of {pending.Length}";
            }

            start += decoded.Consumed;
            switch (decoded.Status)
            {
                case DecodeStatus.NeedMore when decoded.Consumed == 0:
                    return null;
                case DecodeStatus.NeedMore:
                    break;
                case DecodeStatus.Frame when decoded.Length > limit || decoded.Length < 0 || decoded.Start < 0
                    || decoded.Start + decoded.Length > decoded.Consumed:
                    return $"a frame of {decoded.Length} bytes from {decoded.Start} on, {decoded.Consumed} consumed";
                case DecodeStatus.Frame:
                    said.Add((byte)decoded.Status, pending.Slice(decoded.Start, decoded.Length));
                    break;
                case DecodeStatus.Overrun or DecodeStatus.WrongByteOrder:
                    said.Add((byte)decoded.Status);
                    isOver = true;
                    return null;
                default:
                    said.Add((byte)decoded.Status);
                    break;
            }

            if (decoded.Consumed == 0)
            {
                return $"{decoded.Status} consumed nothing: the caller would loop forever";
            }
        }
    }
}
