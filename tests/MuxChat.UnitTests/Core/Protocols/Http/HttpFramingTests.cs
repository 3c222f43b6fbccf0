using CsCheck;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Http;
using MuxChat.UnitTests.Core.Framing;

namespace MuxChat.UnitTests.Core.Protocols.Http;

public sealed class HttpFramingTests
{
    private const int Seed = 4711;

    private static readonly string LongLine = new('a', HttpLimits.RequestLineBytes);
    private static readonly string LongHead = "G\r\n" + string.Concat(Enumerable.Repeat("a: b\r\n", 2000));

    public static TheoryData<string, string[]> Streams => new()
    {
        { "A\r\nB\r\n\r\nC\r\n\r\nD", ["A\r\nB\r\n\r\n", "C\r\n\r\n"] },
        { "A\n\nB\r\n\nC\n\r\n", ["A\n\n", "B\r\n\n", "C\n\r\n"] },
        { "\r\nA\r\n\r\n\r\nB\r\n\r\n", ["A\r\n\r\n", "B\r\n\r\n"] },
        { "\r\n\r\nA\r\n\r\n", ["\r\n", "A\r\n\r\n"] },
        { "\nA\r\n\r\n", ["\n", "A\r\n\r\n"] },
        { LongLine + "b\r\n\r\n", [LongLine, "b\r\n\r\n"] },
        { LongLine[..^2] + "\r\n\r\n", [LongLine[..^2] + "\r\n\r\n"] },
        { LongHead, [LongHead[..HttpLimits.HeadBytes]] },
    };

    private static IFrameDecoder NewDecoder() => new HttpFraming().CreateDecoder(new WrittenAnswers());

    [Theory]
    [MemberData(nameof(Streams))]
    public void Head_ends_at_an_empty_line_or_at_its_limit_however_it_is_cut(string stream, string[] heads)
    {
        var decoded = Decoding.Whole(NewDecoder(), Bytes.Latin(stream));
        Assert.Equal(heads, decoded.Outcomes.Take(heads.Length).Select(static one => Bytes.Latin(one.Bytes)));
        Decoding.AssertAnyCutIsTheSame(NewDecoder, Bytes.Latin(stream), Seed);
    }

    [Fact]
    public void Noise_is_the_same_however_it_is_cut() => Property.Holds(
        Gen.Select(Gen.Int[0, 2].Select(static i => (byte)"\r\na"[i]).Array[0, 60], Gen.Int[0, 9].Array[0, 40]),
        static (noise, pieces) =>
        {
            var whole = Decoding.Whole(NewDecoder(), noise);
            var cut = Decoding.InPieces(NewDecoder(), noise, pieces);
            Assert.True(whole.IsSameAs(cut), $"whole {whole}, in pieces {cut}");
        },
        samples: 5000);
}
