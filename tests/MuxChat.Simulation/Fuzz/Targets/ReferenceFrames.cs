using MuxChat.Core.Framing;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What a decoder of length-prefixed frames must say.</summary>
internal static class ReferenceFrames
{
    private const byte Rest = 255;
    private const int HeaderBytes = 4;

    public static void Write(ReadOnlySpan<byte> input, int limit, TargetTranscript said)
    {
        while (input.Length >= HeaderBytes)
        {
            var length = ((long)input[0] << 24) | ((long)input[1] << 16) | ((long)input[2] << 8) | input[3];
            var swapped = ((long)input[3] << 24) | ((long)input[2] << 16) | ((long)input[1] << 8) | input[0];
            if (length > (long)limit * FrameLimits.OverrunFactor)
            {
                said.Add((byte)(swapped > 0 && swapped <= limit ? DecodeStatus.WrongByteOrder : DecodeStatus.Overrun));
                return;
            }

            if (length == 0)
            {
                said.Add((byte)DecodeStatus.Empty);
                input = input[HeaderBytes..];
            }
            else if (length > limit)
            {
                said.Add((byte)DecodeStatus.TooLong);
                input = input[(int)Math.Min(HeaderBytes + length, input.Length)..];
            }
            else if (input.Length < HeaderBytes + length)
            {
                break;
            }
            else
            {
                said.Add((byte)DecodeStatus.Frame, input.Slice(HeaderBytes, (int)length));
                input = input[(HeaderBytes + (int)length)..];
            }
        }

        said.Add(Rest, input);
    }
}
