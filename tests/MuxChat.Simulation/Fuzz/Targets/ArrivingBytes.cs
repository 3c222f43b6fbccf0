namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>Gives a decoder an input as it arrives, piece by piece, and notices a write to a byte that has not arrived yet.</summary>
internal sealed class ArrivingBytes
{
    private const byte Canary = 0xA5;

    private byte[] _bytes = new byte[1024];

    /// <summary>Decodes what it can of the bytes from a start on, which it moves. Returns what is wrong, or null.</summary>
    public delegate string? Drain(Span<byte> arrived, ref int start, out bool isOver);

    /// <summary>Lets the input arrive, in one of <see cref="StreamCutter.Ways"/>, until all is there, or the decoder is over.</summary>
    /// <param name="input">The input.</param>
    /// <param name="way">The way in which it is cut.</param>
    /// <param name="random">The source of the cuts.</param>
    /// <param name="drain">The decoder.</param>
    /// <param name="rest">The bytes that are left at the end.</param>
    /// <param name="isOver">Whether the decoder ended before the input did.</param>
    /// <returns>The first fault, or null.</returns>
    public string? Feed(
        ReadOnlySpan<byte> input, int way, FuzzRandom random, Drain drain, out ReadOnlySpan<byte> rest, out bool isOver)
    {
        if (_bytes.Length < input.Length + 1)
        {
            _bytes = new byte[input.Length * 2];
        }

        input.CopyTo(_bytes);
        (var start, var end, isOver) = (0, 0, false);
        while (end < input.Length && !isOver)
        {
            end += StreamCutter.Next(way, random, input.Length - end, input.Length);
            _bytes[end] = Canary;
            var wrong = drain(_bytes.AsSpan(0, end), ref start, out isOver);
            if (wrong is not null || _bytes[end] != Canary)
            {
                rest = default;
                return wrong ?? "it wrote past the bytes it was given";
            }

            input[end..Math.Min(end + 1, input.Length)].CopyTo(_bytes.AsSpan(end));
        }

        rest = _bytes.AsSpan(start, end - start);
        return null;
    }
}
