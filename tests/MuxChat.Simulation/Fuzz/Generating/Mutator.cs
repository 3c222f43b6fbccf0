namespace MuxChat.Simulation.Fuzz.Generating;

/// <summary>Spoils inputs: bits turned, bytes set, parts cut out, doubled, repeated and cut off, nasty bytes put in.</summary>
internal static class Mutator
{
    private const int MaxMutations = 4;
    private const int LongestRun = 64;
    private const int LongestPart = 256;
    private const int BitsPerByte = 8;

    private static readonly byte[][][] Kinds = [Nasty.Utf8, Nasty.Telnet, Nasty.Integers, Nasty.Tokens];

    public static void Mutate(FuzzRandom random, InputBuffer input)
    {
        // One in three stays as it was made.
        for (var left = random.Next(3) == 0 ? 0 : random.Next(1, MaxMutations + 1); left > 0; left--)
        {
            MutateOnce(random, input);
        }
    }

    private static void MutateOnce(FuzzRandom random, InputBuffer input)
    {
        var at = random.Next(input.Length + 1);
        switch (random.Next(8))
        {
            case 0 when at < input.Length:
                input.Bytes[at] ^= (byte)(1 << random.Next(BitsPerByte));
                break;
            case 1 when at < input.Length:
                input.Bytes[at] = (byte)random.NextLong();
                break;
            case 2:
                input.Remove(at, random.Length(input.Length - at));
                break;
            case 3:
                var start = random.Next(input.Length + 1);
                var part = input.Bytes.Slice(start, Math.Min(random.Length(input.Length - start), LongestPart));
                Span<byte> copy = stackalloc byte[LongestPart];
                part.CopyTo(copy);
                input.Insert(at, copy[..part.Length]);
                break;
            case 4:
                input.Truncate(at);
                break;
            case 5:
                Repeat(random, input, at);
                break;
            default:
                input.Insert(at, random.Pick(random.Pick(Kinds)));
                break;
        }
    }

    private static void Repeat(FuzzRandom random, InputBuffer input, int at)
    {
        Span<byte> run = stackalloc byte[LongestRun];
        run.Fill(at < input.Length ? input.Bytes[at] : (byte)random.NextLong());
        input.Insert(at, run[..random.Next(1, LongestRun)]);
    }
}
