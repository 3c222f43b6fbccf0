using MuxChat.Core.Framing;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What a decoder of length-prefixed frames must say.</summary>
internal static class ReferenceFrames
{
    private const byte Rest = 255;
    private const int HeaderBytes = 4;

    private delegate long LengthOf(ReadOnlySpan<byte> header);

    /// <summary>Writes down what is to be said of frames whose length has its highest byte first.</summary>
    public static void Write(ReadOnlySpan<byte> input, int limit, TargetTranscript said) =>
        Write(input, limit, said, FromHighest, FromLowest);

    /// <summary>The same of frames whose length has its lowest byte first.</summary>
    public static void WriteLittleEndian(ReadOnlySpan<byte> input, int limit, TargetTranscript said) =>
        Write(input, limit, said, FromLowest, FromHighest);

    private static long FromHighest(ReadOnlySpan<byte> header) =>
        ((long)header[0] << 24) | ((long)header[1] << 16) | ((long)header[2] << 8) | header[3];

    private static long FromLowest(ReadOnlySpan<byte> header) =>
        header[0] + (256L * header[1]) + (65_536L * header[2]) + (16_777_216L * header[3]);

    private static void Write(ReadOnlySpan<byte> input, int limit, TargetTranscript said, LengthOf own, LengthOf other)
    {
        while (input.Length >= HeaderBytes)
        {
            var length = own(input);
            var swapped = other(input);
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
