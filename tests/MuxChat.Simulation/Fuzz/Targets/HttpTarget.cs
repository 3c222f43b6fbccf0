using System.Text;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Http;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// Requests of HTTP: the decoder and the parser find the borders, the fields and the first fault that an independent model finds, however
/// the bytes come in pieces. No more is held back than a head may have.
/// </summary>
internal sealed class HttpTarget : IFuzzTarget, IDecoderAnswers
{
    private readonly HttpFraming _framing = new();
    private readonly TargetTranscript _said = new();
    private readonly TargetTranscript _expected = new();
    private byte[] _bytes = new byte[1024];

    public string Name => "http";

    public void SendAsIs(ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("The decoder answers nothing.");

    public void Generate(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(12))
        {
            Grammar.PutLines(random, input);
        }
        else
        {
            HttpGrammar.PutRequests(random, input);
        }
    }

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        _expected.Clear();
        ReferenceHttp.Write(input, _expected);
        for (var way = 0; way < StreamCutter.Ways; way++)
        {
            _said.Clear();
            if (Decode(input, way, random) is { } wrong)
            {
                return $"way {way}: {wrong}";
            }

            if (!_said.IsSameAs(_expected))
            {
                return $"way {way}: it says {Readable(_said)}, the model {Readable(_expected)}";
            }
        }

        return null;
    }

    private string? Decode(ReadOnlySpan<byte> input, int way, FuzzRandom random)
    {
        var decoder = _framing.CreateDecoder(this);
        if (_bytes.Length < input.Length)
        {
            _bytes = new byte[input.Length * 2];
        }

        input.CopyTo(_bytes);
        int start = 0, end = 0;
        while (end < input.Length)
        {
            end += StreamCutter.Next(way, random, input.Length - end, input.Length);
            if (Drain(decoder, end, ref start, out var isOver) is { } wrong)
            {
                return wrong;
            }

            if (isOver)
            {
                return null;
            }
        }

        return null;
    }

    private string? Drain(IFrameDecoder decoder, int end, ref int start, out bool isOver)
    {
        isOver = false;
        while (start < end)
        {
            var pending = _bytes.AsSpan(start, end - start);
            var decoded = decoder.Decode(pending);
            if (decoded.Consumed < 0 || decoded.Consumed > pending.Length || decoded.Start < 0
                || decoded.Start + decoded.Length > decoded.Consumed)
            {
                return $"{decoded.Consumed} bytes consumed of {pending.Length}, a frame of {decoded.Length} from {decoded.Start} on";
            }

            start += decoded.Consumed;
            if (decoded.Status == DecodeStatus.Frame)
            {
                isOver = Tell(pending.Slice(decoded.Start, decoded.Length));
            }

            if (isOver)
            {
                return null;
            }

            if (decoded.Consumed == 0)
            {
                return decoded.Status != DecodeStatus.NeedMore ? $"{decoded.Status} consumed nothing"
                    : pending.Length >= HttpLimits.HeadBytes ? $"{pending.Length} bytes are held back" : null;
            }
        }

        return null;
    }

    // Whether this request is the last that the connection has.
    private bool Tell(ReadOnlySpan<byte> head)
    {
        var status = HttpParser.Parse(head, out var request);
        var said = new ReferenceHttp.Said((int)status)
        {
            Path = Encoding.Latin1.GetString(request.Path),
            Host = Encoding.Latin1.GetString(request.Authority),
            HasBody = request.HasBody,
            KeepsAlive = request.KeepsAlive,
        };
        _said.Add((byte)(said.Status / 4), Encoding.Latin1.GetBytes(said.ToString()));
        return said.Status != 0 || !said.KeepsAlive || said.HasBody;
    }

    private static string Readable(TargetTranscript said) => Encoding.Latin1.GetString(said.Said).Replace('\0', ' ');
}
