using System.Buffers.Binary;

namespace MuxChat.Simulation.Fuzz.Generating;

/// <summary>Frames whose length has its lowest byte first, and some in the other order.</summary>
internal static class FrameGrammar
{
    private const int HeaderBytes = 4;

    public static void PutLittleEndian(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(8))
        {
            Grammar.PutNoise(random, input);
            return;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        for (var frames = random.Next(1, 5); frames > 0; frames--)
        {
            var start = input.Length;
            input.Put("\0\0\0\0"u8);
            Grammar.PutRun(random, input);
            var length = input.Length - start - HeaderBytes;
            BinaryPrimitives.WriteInt32LittleEndian(header, random.OneIn(6) ? length + random.Next(-2, 3) : length);
            if (random.OneIn(12))
            {
                random.Pick(Nasty.Integers).CopyTo(header);
            }

            if (random.OneIn(12))
            {
                header.Reverse();
            }

            header.CopyTo(input.Bytes[start..]);
        }
    }
}
