using CsCheck;
using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

public sealed class LineDecoderTests
{
    private const int Seed = 20261121;
    private const int SmallLimit = 8;

    private static readonly FrameLimits Small = new() { LineBytes = SmallLimit };

    private static readonly Gen<int[]> Pieces = Gen.Int[0, 6].Array[0, 80];

    public static TheoryData<string> PlainStreams => [.. LineStreams.Plain.Keys];

    public static TheoryData<string> AllStreams => [.. LineStreams.Plain.Keys.Concat(LineStreams.Telnet.Keys)];

    [Theory]
    [MemberData(nameof(AllStreams))]
    public void Lines_cutAnywhere_areTheSame(string stream) =>
        Decoding.AssertAnyCutIsTheSame(static () => new LineDecoder(new FrameLimits()), LineStreams.Get(stream), Seed);

    [Theory]
    [MemberData(nameof(PlainStreams))]
    public void Lines_withoutTelnet_areWhatTheModelSays(string stream)
    {
        var bytes = LineStreams.Get(stream);
        var decoded = Decoding.Whole(new LineDecoder(new FrameLimits()), bytes);
        var expected = ModelLineDecoder.Decode(bytes, FrameLimits.DefaultLineBytes);
        Assert.True(expected.IsSameAs(decoded, withRest: false), $"expected {expected}, got {decoded}");
    }

    [Fact]
    public void Lines_ofAnyStream_areWhatTheModelSaysHoweverTheyAreCut() => Property.Holds(
        Gen.Select(StreamOf([.. "aaaaaaaab\r\r\n\n"u8]), Pieces),
        static (stream, pieces) =>
        {
            var expected = ModelLineDecoder.Decode(stream, SmallLimit);
            var decoded = Decoding.InPieces(new LineDecoder(Small), stream, pieces);
            Assert.True(expected.IsSameAs(decoded, withRest: false), $"expected {expected}, got {decoded}");
        },
        samples: 3000);

    [Fact]
    public void Lines_ofAnyStreamWithTelnet_areTheSameHoweverTheyAreCut() => Property.Holds(
        Gen.Select(StreamOf((byte)'a', (byte)'b', (byte)'\r', (byte)'\n', 0, 255, 255, 255, 240, 241, 250, 251, 254, 1), Pieces),
        static (stream, pieces) =>
        {
            var whole = Decoding.Whole(new LineDecoder(Small), stream);
            var single = Decoding.InPieces(new LineDecoder(Small), stream, Enumerable.Repeat(1, stream.Length));
            var cut = Decoding.InPieces(new LineDecoder(Small), stream, pieces);
            Assert.True(whole.IsSameAs(single), $"whole {whole}, byte by byte {single}");
            Assert.True(whole.IsSameAs(cut), $"whole {whole}, in pieces {cut}");
        },
        samples: 4000);

    [Fact]
    public void TooLongLine_saidOnce_andTheNextLineIsTaken()
    {
        var decoded = Decoding.Whole(new LineDecoder(new FrameLimits()), LineStreams.Get("too long twice, then good"));
        Assert.Equal(
            [DecodeStatus.TooLong, DecodeStatus.TooLong, DecodeStatus.Frame, DecodeStatus.Frame, DecodeStatus.Frame],
            decoded.Outcomes.Select(static outcome => outcome.Status));
        Assert.Equal(["good", "", "better"], decoded.Outcomes.Skip(2).Select(static outcome => Bytes.Latin(outcome.Bytes)));
    }

    [Theory]
    [InlineData("16384", false)]
    [InlineData("16384 no end", false)]
    [InlineData("16385", true)]
    [InlineData("16385 no end", true)]
    public void LineFourTimesTooLong_oneByteMore_isOverrun(string stream, bool isOverrun)
    {
        var decoded = Decoding.Whole(new LineDecoder(new FrameLimits()), LineStreams.Get(stream));
        Assert.Equal(DecodeStatus.TooLong, decoded.Outcomes[0].Status);
        Assert.Equal(isOverrun, decoded.Outcomes.Any(static outcome => outcome.Status == DecodeStatus.Overrun));
    }

    [Fact]
    public void HeldBytes_whileALineIsSkipped_areNone()
    {
        // A connection rents memory for what is not consumed: a line that is thrown away must not take any.
        var decoder = new LineDecoder(new FrameLimits());
        var piece = new byte[5000];
        piece.AsSpan().Fill((byte)'x');
        Assert.Equal(DecodeStatus.TooLong, decoder.Decode(piece).Status);
        Assert.Equal(new Decoded(DecodeStatus.NeedMore, 903), decoder.Decode(piece.AsSpan(4097)));
    }

    private static Gen<byte[]> StreamOf(params byte[] alphabet) => Gen.OneOf(alphabet).Array[0, 80];
}
