using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// A text that is written in modified UTF-8: the model reads it back, the decoder too, and no byte before or after it is another. It does
/// not matter where in a segment it begins.
/// </summary>
internal sealed class ModifiedUtf8Target : IFuzzTarget
{
    /// <summary>The longest text: in modified UTF-8, and after another message, it still fits a segment.</summary>
    private const int MaxBytes = 16_000;

    private const int HeaderBytes = 2;
    private const byte Canary = 0xA5;

    private static readonly byte[] Before = [0, 3, 1, 2, 3];

    private readonly SegmentWriter _writer = new(new SegmentPool());
    private readonly UtfFraming _framing = new(new FrameLimits { LineBytes = 4 * MaxBytes }, isText: true);
    private readonly DecoderAnswers _answers = new();

    public string Name => "modifiedutf8";

    public void Generate(FuzzRandom random, InputBuffer input) => UtfGrammar.PutText(random, input);

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        var text = input[..Math.Min(input.Length, MaxBytes)];
        var filler = Fill(random);
        _writer.Begin();
        _framing.Begin(_writer);
        _writer.Put(Before.AsSpan(HeaderBytes));
        _framing.End(_writer);
        _framing.Begin(_writer);
        PutInPieces(text, random);
        var behind = _writer.GetSpan(1);
        behind.Fill(Canary);
        _framing.End(_writer);
        var written = _writer.Commit();
        var wrong = Compare(written.Span, text) ?? CheckBehind(written, behind) ?? CheckFiller(filler);
        filler.Segment.Release();
        return wrong;
    }

    // So that the text may begin anywhere in a segment, and have to move to another.
    private Slice Fill(FuzzRandom random)
    {
        _writer.Begin();
        var fill = random.OneIn(2) ? random.Next(1, 1_000) : Segment.SizeBytes - random.Next(1, 4_000);
        _writer.GetSpan(fill)[..fill].Fill(Canary);
        _writer.Advance(fill);
        var slice = _writer.Commit();
        slice.Segment.Retain();
        return slice;
    }

    private void PutInPieces(ReadOnlySpan<byte> text, FuzzRandom random)
    {
        for (var at = 0; at < text.Length;)
        {
            var piece = 1 + random.Next(text.Length - at);
            _writer.Put(text.Slice(at, piece));
            at += piece;
        }
    }

    private string? Compare(ReadOnlySpan<byte> written, ReadOnlySpan<byte> text)
    {
        if (!written.StartsWith(Before))
        {
            return $"the message before is {Convert.ToHexString(written[..Before.Length])}";
        }

        var message = written[Before.Length..];
        var content = message[HeaderBytes..];
        if ((256 * message[0]) + message[1] != content.Length)
        {
            return $"its length is {message[0]}, {message[1]}, and it has {content.Length} bytes";
        }

        if (!content.SequenceEqual(ReferenceUtf.ToModified(text)))
        {
            return $"it writes {Convert.ToHexString(content)}, the model {Convert.ToHexString(ReferenceUtf.ToModified(text))}";
        }

        // A text that is no UTF-8 may hold what reads as another one.
        return ReferenceUtf8.IsValid(text) ? ReadBack(message, text) : null;
    }

    private string? ReadBack(ReadOnlySpan<byte> message, ReadOnlySpan<byte> text)
    {
        if (!ReferenceUtf.ToUtf8(message[HeaderBytes..]).AsSpan().SequenceEqual(text))
        {
            return "the model reads another text";
        }

        byte[] bytes = [.. message];
        var decoded = _framing.CreateDecoder(_answers).Decode(bytes);
        return decoded.Status == DecodeStatus.Frame && bytes.AsSpan(decoded.Start, decoded.Length).SequenceEqual(text)
            ? null : $"{decoded.Status}, {decoded.Length} bytes: the decoder reads another text";
    }

    // What was filled after the text is as it was, unless the text covers it. A segment to which the text moved was not filled.
    private static string? CheckBehind(Slice written, ReadOnlySpan<byte> filled)
    {
        var segment = written.Segment.Bytes.AsSpan();
        return segment.Overlaps(filled) && segment[(written.Start + written.Length)..].ContainsAnyExcept(Canary)
            ? "it wrote behind its end" : null;
    }

    private static string? CheckFiller(Slice filler) =>
        filler.Span.ContainsAnyExcept(Canary) ? "it wrote into the event before it" : null;

    private sealed class DecoderAnswers : IDecoderAnswers
    {
        public void SendAsIs(ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("A length needs no answer.");
    }
}
