using System.Buffers.Binary;

namespace MuxChat.Simulation.Fuzz.Generating;

/// <summary>Messages as Java's <c>writeUTF</c> writes them: a length of two bytes, then modified UTF-8 or what is nearly that.</summary>
internal static class UtfGrammar
{
    private const int HeaderBytes = 2;

    // Halves of surrogate pairs in and out of order, NUL in two bytes and in one, and what only looks so.
    private static readonly byte[][] Parts =
    [
        [0xED, 0xA0, 0xBD, 0xED, 0xB1, 0x8B], [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80], [0xED, 0xAF, 0xBF, 0xED, 0xBF, 0xBF],
        [0xED, 0xA0, 0xBD], [0xED, 0xB1, 0x8B], [0xED, 0xA0], [0xED], [0xED, 0x9F, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xA0, 0xBD],
        [0xC0, 0x80], [0xC0], [0xC0, 0x81], [0xC0, 0xC0, 0x80], [0], [0xF0, 0x9F, 0x91, 0x8B], [0xF4, 0x8F, 0xBF, 0xBF],
        [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x9F, 0x91], [0xED, 0xA0, 0xBD, 0xF0, 0x9F, 0x91, 0x8B],
    ];

    private static readonly string[] Characters = ["a", "é", "世", "👋", "\0", "\U00010000", "\U0010FFFF", "\uD7FF", "\uE000", "/me", " "];

    public static void PutMessages(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(8))
        {
            Grammar.PutNoise(random, input);
            return;
        }

        for (var messages = random.Next(1, 6); messages > 0; messages--)
        {
            var start = input.Length;
            input.Put("\0\0"u8);
            PutContent(random, input);
            PutLength(random, input, start);
        }
    }

    /// <summary>The same, and now and then one that is as long as may be, or longer by one.</summary>
    public static void PutAnyMessages(FuzzRandom random, InputBuffer input)
    {
        if (!random.OneIn(300))
        {
            PutMessages(random, input);
            return;
        }

        var length = ushort.MaxValue - random.Next(3);
        input.Put([(byte)(length >> 8), (byte)length]);
        Span<byte> run = stackalloc byte[512];
        run.Fill((byte)random.NextLong());
        for (var left = length; left > 0; left -= run.Length)
        {
            input.Put(run[..Math.Min(run.Length, left)]);
        }
    }

    /// <summary>A text that is UTF-8.</summary>
    public static void PutText(FuzzRandom random, InputBuffer input)
    {
        for (var parts = random.Length(400); parts > 0; parts--)
        {
            var character = random.Pick(Characters);
            for (var times = random.OneIn(20) ? random.Next(1, 100) : 1; times > 0; times--)
            {
                input.Put(character);
            }
        }
    }

    private static void PutContent(FuzzRandom random, InputBuffer input)
    {
        for (var parts = random.Next(5); parts > 0; parts--)
        {
            switch (random.Next(4))
            {
                case 0:
                    Grammar.PutWord(random, input);
                    break;
                case 1 when random.OneIn(4):
                    Grammar.PutRun(random, input);
                    break;
                default:
                    input.Put(random.Pick(Parts));
                    break;
            }
        }
    }

    private static void PutLength(FuzzRandom random, InputBuffer input, int start)
    {
        var length = Math.Max(0, input.Length - start - HeaderBytes);
        length = random.OneIn(8) ? Math.Max(0, length + random.Next(-3, 4)) : length;
        length = random.OneIn(40) ? random.Pick((int[])[0, 1, 255, 256, 257, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF]) : length;
        if (input.Length >= start + HeaderBytes)
        {
            BinaryPrimitives.WriteUInt16BigEndian(input.Bytes[start..], (ushort)length);
        }
    }
}
