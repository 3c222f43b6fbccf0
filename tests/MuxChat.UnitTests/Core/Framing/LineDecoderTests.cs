using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

public sealed class LineDecoderTests
{
    private const int Seed = 20261121;
    private const int SmallLimit = 8;

    public static TheoryData<string> PlainStreams => [.. LineStreams.Plain.Keys];

    public static TheoryData<string> AllStreams => [.. LineStreams.Plain.Keys.Concat(LineStreams.Telnet.Keys)];

    [Theory]
    [MemberData(nameof(AllStreams))]
    public void Lines_cutAnywhere_areTheSame(string stream) =>
        Decoding.AssertAnyCutIsTheSame(static () => new LineDecoder(), LineStreams.Get(stream), Seed);

    [Theory]
    [MemberData(nameof(PlainStreams))]
    public void Lines_withoutTelnet_areWhatTheModelSays(string stream)
    {
        var bytes = LineStreams.Get(stream);
        var decoded = Decoding.Whole(new LineDecoder(), bytes);
        var expected = ModelLineDecoder.Decode(bytes, FrameLimits.DefaultLineBytes);
        Assert.True(expected.IsSameAs(decoded, withRest: false), $"expected {expected}, got {decoded}");
    }

    [Fact]
    public void Lines_random_areWhatTheModelSaysHoweverTheyAreCut()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = RandomStream(random, "aaaaaaaab\r\r\n\n"u8);
            var expected = ModelLineDecoder.Decode(bytes, SmallLimit);
            var pieces = Enumerable.Range(0, bytes.Length).Select(_ => random.Next(0, 6)).ToArray();
            var decoded = Decoding.InPieces(new LineDecoder(SmallLimit), bytes, pieces);
            Assert.True(expected.IsSameAs(decoded, withRest: false), $"seed {Seed}, round {round}: expected {expected}, got {decoded}");
        }
    }

    [Fact]
    public void Lines_randomWithTelnet_areTheSameHoweverTheyAreCut()
    {
        var random = new Random(Seed);
        ReadOnlySpan<byte> alphabet = [(byte)'a', (byte)'b', (byte)'\r', (byte)'\n', 255, 255, 255, 240, 241, 250, 251, 254, 1];
        for (var round = 0; round < 1500; round++)
        {
            var bytes = RandomStream(random, alphabet);
            var whole = Decoding.Whole(new LineDecoder(SmallLimit), bytes);
            var single = Decoding.InPieces(new LineDecoder(SmallLimit), bytes, Enumerable.Repeat(1, bytes.Length));
            Assert.True(whole.IsSameAs(single), $"seed {Seed}, round {round}, stream {Convert.ToHexString(bytes)}: {whole} or {single}");
            Decoding.AssertRandomCutsAreTheSame(static () => new LineDecoder(SmallLimit), bytes, Seed + round, rounds: 4);
        }
    }

    [Fact]
    public void TooLongLine_saidOnce_andTheNextLineIsTaken()
    {
        var decoded = Decoding.Whole(new LineDecoder(), LineStreams.Get("too long twice, then good"));
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
        var decoded = Decoding.Whole(new LineDecoder(), LineStreams.Get(stream));
        Assert.Equal(DecodeStatus.TooLong, decoded.Outcomes[0].Status);
        Assert.Equal(isOverrun, decoded.Outcomes.Any(static outcome => outcome.Status == DecodeStatus.Overrun));
    }

    [Fact]
    public void HeldBytes_whileALineIsSkipped_areNone()
    {
        // A connection rents memory for what is not consumed: a line that is thrown away must not take any.
        var decoder = new LineDecoder();
        var piece = new byte[5000];
        piece.AsSpan().Fill((byte)'x');
        Assert.Equal(DecodeStatus.TooLong, decoder.Decode(piece).Status);
        Assert.Equal(new Decoded(DecodeStatus.NeedMore, 903), decoder.Decode(piece.AsSpan(4097)));
    }

    private static byte[] RandomStream(Random random, ReadOnlySpan<byte> alphabet) => random.GetItems(alphabet, random.Next(0, 80));
}
