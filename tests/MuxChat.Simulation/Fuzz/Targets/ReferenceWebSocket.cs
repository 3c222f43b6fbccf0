using MuxChat.Core.Framing;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What RFC 6455, section 5, makes of a client's bytes: one frame after the other, each taken apart by arithmetic.</summary>
internal static class ReferenceWebSocket
{
    /// <summary>The connection must close because of the protocol (1002).</summary>
    public const byte ProtocolError = 2;

    /// <summary>The connection must close because a message is too big (1009).</summary>
    public const byte TooBig = 9;

    private const int MaxControlBytes = 125;
    private const int MaskBytes = 4;

    /// <summary>The code that a mistake closes with.</summary>
    public static byte CodeOf(WebSocketMistake mistake) =>
        mistake is WebSocketMistake.TooLong or WebSocketMistake.TooManyFragments ? TooBig : ProtocolError;

    /// <summary>Writes down all messages and control frames, in order, and the mistake at the end if there is one.</summary>
    public static void Write(ReadOnlySpan<byte> input, int limit, TargetTranscript said)
    {
        var message = new List<byte>();
        var fragments = 0;
        var opcodeOfMessage = 0;
        while (input.Length >= 2)
        {
            var (isFinal, opcode, form) = (input[0] >= 128, input[0] % 16, input[1] % 128);
            if (!IsHeaderRight(input[0], input[1], isInMessage: opcodeOfMessage > 0))
            {
                said.Add((byte)WebSocketFrameKind.Mistake, [ProtocolError]);
                return;
            }

            var lengthBytes = form switch { 126 => 2, 127 => 8, _ => 0 };
            if (input.Length < 2 + lengthBytes)
            {
                return;
            }

            var length = lengthBytes == 0 ? (UInt128)form : NumberOf(input.Slice(2, lengthBytes));
            var isShortest = lengthBytes == 0 || (lengthBytes == 2 ? length >= 126 : length >= 65_536 && length < UInt128.One << 63);
            var isTooBig = opcode < 8 && (length + (uint)message.Count > (uint)limit
                || (opcode == 0 && fragments == WebSocketDecoder.MaxFragments));
            if (!isShortest || isTooBig)
            {
                said.Add((byte)WebSocketFrameKind.Mistake, [isShortest ? TooBig : ProtocolError]);
                return;
            }

            var header = 2 + lengthBytes + MaskBytes;
            if (input.Length < header + (int)length)
            {
                return;
            }

            var content = Unmask(input.Slice(header - MaskBytes, MaskBytes), input.Slice(header, (int)length));
            input = input[(header + (int)length)..];
            if (opcode >= 8)
            {
                said.Add((byte)opcode, content);
                continue;
            }

            message.AddRange(content);
            (opcodeOfMessage, fragments) = (opcode > 0 ? opcode : opcodeOfMessage, fragments + 1);
            if (isFinal)
            {
                said.Add((byte)opcodeOfMessage, message.ToArray());
                message.Clear();
                (opcodeOfMessage, fragments) = (0, 0);
            }
        }
    }

    private static bool IsHeaderRight(byte first, byte second, bool isInMessage)
    {
        var hasReserved = first / 16 % 8 != 0;
        var isMasked = second >= 128;
        return !hasReserved && isMasked && (first % 16) switch
        {
            0 => isInMessage,
            1 or 2 => !isInMessage,
            8 or 9 or 10 => first >= 128 && second % 128 <= MaxControlBytes,
            _ => false,
        };
    }

    private static UInt128 NumberOf(ReadOnlySpan<byte> bytes)
    {
        UInt128 number = 0;
        foreach (var one in bytes)
        {
            number = (number * 256) + one;
        }

        return number;
    }

    private static byte[] Unmask(ReadOnlySpan<byte> mask, ReadOnlySpan<byte> masked)
    {
        var content = new byte[masked.Length];
        for (var i = 0; i < content.Length; i++)
        {
            content[i] = (byte)(masked[i] ^ mask[i % MaskBytes]);
        }

        return content;
    }
}
