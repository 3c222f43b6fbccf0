using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

/// <summary>
/// Feeds a stream to a decoder in pieces, as a connection does: what was not consumed is given again, as the decoder
/// left it, with what came after it.
/// </summary>
internal static class Decoding
{
    private const int Near = 8;

    public static Transcript Whole(IFrameDecoder decoder, byte[] stream) => InPieces(decoder, stream, []);

    /// <summary>The pieces' lengths; what is left of the stream after them comes as the last piece.</summary>
    public static Transcript InPieces(IFrameDecoder decoder, byte[] stream, IEnumerable<int> lengths)
    {
        var bytes = (byte[])stream.Clone();
        var transcript = new Transcript();
        var start = 0;
        var end = 0;
        foreach (var length in lengths.Append(bytes.Length))
        {
            end = Math.Min(end + length, bytes.Length);
            if (!Drain(decoder, bytes.AsSpan(0, end), ref start, transcript))
            {
                return transcript;
            }
        }

        transcript.Rest = bytes[start..];
        return transcript;
    }

    /// <summary>
    /// Every way of cutting in two, byte by byte, and at random: each must say what the whole says. Within a long run of one
    /// byte a few cuts stand for all.
    /// </summary>
    public static void AssertAnyCutIsTheSame(Func<IFrameDecoder> create, byte[] stream, int seed)
    {
        var whole = Whole(create(), stream);
        foreach (var cut in Enumerable.Range(0, stream.Length + 1).Where(cut => IsTelling(stream, cut)))
        {
            AssertSame(whole, InPieces(create(), stream, [cut]), $"cut at {cut}");
        }

        AssertSame(whole, InPieces(create(), stream, Enumerable.Repeat(1, stream.Length)), "byte by byte");
        AssertRandomCutsAreTheSame(create, stream, seed, rounds: 50);
    }

    // Near a limit, near where a run of one byte begins or ends, and now and then within it.
    private static bool IsTelling(byte[] stream, int cut) =>
        cut % 251 == 0 || cut % 4096 is < Near or > 4096 - Near
        || stream.AsSpan(Math.Max(0, cut - Near)..Math.Min(stream.Length, cut + Near)) is not { Length: 2 * Near } around
        || around.ContainsAnyExcept(around[0]);

    public static void AssertRandomCutsAreTheSame(Func<IFrameDecoder> create, byte[] stream, int seed, int rounds)
    {
        var whole = Whole(create(), stream);
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var max = 1 << random.Next(1, 15);
            var pieces = Enumerable.Range(0, stream.Length).Select(_ => random.Next(0, max)).ToArray();
            AssertSame(whole, InPieces(create(), stream, pieces), $"seed {seed}, round {round}, pieces below {max}");
        }
    }

    private static bool Drain(IFrameDecoder decoder, Span<byte> received, ref int start, Transcript transcript)
    {
        while (true)
        {
            var pending = received[start..];
            var decoded = decoder.Decode(pending);
            Assert.InRange(decoded.Consumed, 0, pending.Length);
            start += decoded.Consumed;
            switch (decoded.Status)
            {
                case DecodeStatus.NeedMore when decoded.Consumed == 0:
                    return true;
                case DecodeStatus.NeedMore:
                    break;
                case DecodeStatus.Frame:
                    Assert.InRange(decoded.Start + decoded.Length, 0, pending.Length);
                    transcript.Add(DecodeStatus.Frame, pending.Slice(decoded.Start, decoded.Length));
                    break;
                case DecodeStatus.Overrun or DecodeStatus.WrongByteOrder:
                    transcript.Add(decoded.Status);
                    return false;
                default:
                    Assert.True(decoded.Consumed > 0, $"{decoded.Status} consumed nothing: the caller would loop forever.");
                    transcript.Add(decoded.Status);
                    break;
            }
        }
    }

    private static void AssertSame(Transcript whole, Transcript pieces, string how)
    {
        if (!whole.IsSameAs(pieces))
        {
            Assert.Fail($"{how}: whole gave {whole}, in pieces {pieces}");
        }
    }
}
