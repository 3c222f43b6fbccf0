using System.Buffers.Binary;

namespace MuxChat.Simulation.Fuzz.Generating;

/// <summary>Frames of a WebSocket client that are right or nearly right: messages in fragments, control frames between them.</summary>
internal static class WebSocketGrammar
{
    private const int Continuation = 0;
    private const int FinalBit = 0x80;
    private const int MaskBit = 0x80;
    private const int MaskBytes = 4;
    private const int MaxLength = 257;

    private static readonly int[] Lengths = [0, 1, 3, 4, 5, 31, 32, 33, 124, 125, 126, 127, 128, 255, 256, MaxLength];
    private static readonly int[] Wrong = [3, 7, 11, 15];
    private static readonly int[] Controls = [8, 9, 10];

    /// <summary>Puts some messages.</summary>
    public static void PutFrames(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(12))
        {
            Grammar.PutNoise(random, input);
            return;
        }

        for (var messages = random.Next(1, 5); messages > 0; messages--)
        {
            PutMessage(random, input);
        }
    }

    private static void PutMessage(FuzzRandom random, InputBuffer input)
    {
        var fragments = random.OneIn(300) ? random.Next(1_022, 1_027) : random.OneIn(2) ? 1 : random.Next(1, 8);

        // Of many fragments all must be right, or the last one is never looked at.
        var isLong = fragments > 8;
        for (var i = 0; i < fragments; i++)
        {
            if (random.OneIn(isLong ? 400 : 4))
            {
                PutFrame(random, input, FinalBit | random.Pick(Controls), random.OneIn(8) ? random.Pick(Lengths) : random.Next(8), isLong);
            }

            var opcode = i > 0 ? Continuation : random.Next(1, 3);
            opcode = random.OneIn(isLong ? 4_000 : 40) ? random.Pick(Wrong) : opcode;
            var length = isLong ? random.OneIn(400) ? 1 : 0 : random.OneIn(3) ? random.Pick(Lengths) : random.Length(40);
            PutFrame(random, input, (i == fragments - 1 ? FinalBit : 0) | opcode, length, isLong);
        }
    }

    private static void PutFrame(FuzzRandom random, InputBuffer input, int first, int length, bool isOneOfMany)
    {
        var rarely = isOneOfMany ? 20_000 : 200;
        input.Put((byte)(first | (random.OneIn(rarely) ? 0x10 << random.Next(3) : 0)));
        var form = length < 126 ? 0 : sizeof(ushort);
        form = random.OneIn(rarely / 4) ? random.Pick((int[])[0, sizeof(ushort), sizeof(ulong)]) : form;
        var mask = random.OneIn(rarely) ? 0 : MaskBit;
        input.Put((byte)(mask | (form == 0 ? length & 0x7F : form == sizeof(ushort) ? 126 : 127)));
        Span<byte> extra = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(extra, random.OneIn(rarely / 4) ? random.NextLong() : (ulong)length);
        input.Put(extra[^form..]);
        Span<byte> content = stackalloc byte[MaskBytes + MaxLength];
        content = content[..(MaskBytes + length)];
        for (var i = 0; i < content.Length; i++)
        {
            content[i] = (byte)random.NextLong();
        }

        input.Put(content);
    }
}
