using System.Buffers.Binary;
using CsCheck;
using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

public sealed class LengthPrefixDecoderTests
{
    private const int Seed = 4711;
    private const int Limit = 64;

    private static readonly FrameLimits Small = new() { FrameBytes = Limit };

    private static IFrameDecoder NewDecoder(FrameLimits limits) => new LengthPrefixFraming(limits).CreateDecoder(new WrittenAnswers());

    public static TheoryData<uint[], string> Lengths => new()
    {
        { [], "" },
        { [1], "1" },
        { [0], "Empty" },
        { [1, 0, 2], "1|Empty|2" },
        { [0, 0, 0], "Empty|Empty|Empty" },
        { [Limit, 3], "64|3" },
        { [Limit + 1, 3], "TooLong|3" },
        { [4 * Limit, 3], "TooLong|3" },
        { [4 * Limit, Limit + 1, 0, Limit], "TooLong|TooLong|Empty|64" },
        { [5, (4 * Limit) + 1, 3], "5|Overrun" },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Frames_ofManyLengths_areTakenSkippedOrRefused(uint[] lengths, string expected)
    {
        var decoded = Decoding.Whole(NewDecoder(Small), StreamOf(lengths));
        Assert.Equal(expected, Said(decoded));
        Assert.Empty(decoded.Rest);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Frames_cutAnywhere_areTheSame(uint[] lengths, string expected)
    {
        Decoding.AssertAnyCutIsTheSame(static () => NewDecoder(Small), StreamOf(lengths), Seed);
        Assert.NotNull(expected);
    }

    [Theory]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000080u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData((4u * FrameLimits.DefaultFrameBytes) + 1)]
    public void Length_farBeyondTheLimit_isOverrunFromTheHeaderAlone(uint length)
    {
        var header = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(header, length);
        Assert.Equal("Overrun", Said(Decoding.Whole(NewDecoder(new FrameLimits()), header)));
        Decoding.AssertAnyCutIsTheSame(static () => NewDecoder(new FrameLimits()), [.. header, 1, 2, 3], Seed);
    }

    [Theory]
    [InlineData(FrameLimits.DefaultFrameBytes - 1, "65535|1")]
    [InlineData(FrameLimits.DefaultFrameBytes, "65536|1")]
    [InlineData(FrameLimits.DefaultFrameBytes + 1, "TooLong|1")]
    [InlineData(4 * FrameLimits.DefaultFrameBytes, "TooLong|1")]
    public void Length_aroundTheDefaultLimit_isTakenOrSkipped(uint length, string expected)
    {
        var stream = StreamOf(length, 1);
        Assert.Equal(expected, Said(Decoding.Whole(NewDecoder(new FrameLimits()), stream)));
        Decoding.AssertRandomCutsAreTheSame(static () => NewDecoder(new FrameLimits()), stream, Seed, rounds: 5);
    }

    [Fact]
    public void TooLongFrame_whileSkipped_isNotHeld()
    {
        var decoder = NewDecoder(Small);
        Assert.Equal(new Decoded(DecodeStatus.TooLong, 4), decoder.Decode(StreamOf(Limit + 1)));
        Assert.Equal(new Decoded(DecodeStatus.NeedMore, 10), decoder.Decode(new byte[10]));
        Assert.Equal(new Decoded(DecodeStatus.NeedMore, Limit + 1 - 10), decoder.Decode(new byte[Limit + 10]));
    }

    [Fact]
    public void FrameContent_isWhatFollowsTheLength()
    {
        var decoded = Decoding.Whole(NewDecoder(new FrameLimits()), [0, 0, 0, 3, 7, 8, 9, 0, 0, 0, 1, 5, 0, 0]);
        Assert.Equal([7, 8, 9], decoded.Outcomes[0].Bytes);
        Assert.Equal([5], decoded.Outcomes[1].Bytes);
        Assert.Equal([0, 0], decoded.Rest);
    }

    [Fact]
    public void Frames_ofAnyLengths_areTheSameHoweverTheyAreCut() => Property.Holds(
        Gen.Select(Gen.UInt[0, (4 * Limit) + 2].Array[1, 7], Gen.Int[0, 300].Array[0, 100]),
        static (lengths, pieces) =>
        {
            var said = string.Join('|', lengths.Select(ExpectedOf)).Split("Overrun");
            var expected = said.Length > 1 ? said[0] + "Overrun" : said[0];
            var whole = Decoding.Whole(NewDecoder(Small), StreamOf(lengths));
            var cut = Decoding.InPieces(NewDecoder(Small), StreamOf(lengths), pieces);
            Assert.Equal(expected, Said(whole));
            Assert.True(whole.IsSameAs(cut), $"whole {whole}, in pieces {cut}");
        },
        samples: 1000);

    private static string ExpectedOf(uint length) => length switch
    {
        0 => "Empty",
        <= Limit => $"{length}",
        <= 4 * Limit => "TooLong",
        _ => "Overrun",
    };

    private static byte[] StreamOf(params uint[] lengths)
    {
        var stream = new List<byte>();
        var header = new byte[4];
        foreach (var length in lengths)
        {
            BinaryPrimitives.WriteUInt32BigEndian(header, length);
            stream.AddRange(header);
            stream.AddRange(Enumerable.Range(0, (int)length).Select(static i => (byte)(i + 1)));
        }

        return [.. stream];
    }

    // A frame as its length; its bytes are checked while that is done.
    private static string Said(Transcript transcript) => string.Join('|', transcript.Outcomes.Select(static outcome =>
    {
        Assert.Equal(Enumerable.Range(0, outcome.Bytes.Length).Select(static i => (byte)(i + 1)).ToArray(), outcome.Bytes);
        return outcome.Status == DecodeStatus.Frame ? $"{outcome.Bytes.Length}" : outcome.Status.ToString();
    }));
}
