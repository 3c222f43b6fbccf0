using System.Globalization;
using System.Text;
using MuxChat.Core.Framing;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// What a decoder of Java's <c>writeUTF</c> must say, by way of UTF-16: <c>java.io.DataInput</c> says which bytes each of its units has.
/// </summary>
internal static class ReferenceUtf
{
    private const int HeaderBytes = 2;

    // A byte that belongs to no unit stays as it is: it stands here as a number that no unit has.
    private const int Raw = 0x1_0000;

    /// <summary>Writes down what is to be said of messages that are texts.</summary>
    public static void WriteTexts(ReadOnlySpan<byte> input, int limit, TargetTranscript said) => Write(input, limit, said, isText: true);

    /// <summary>The same of messages that are any bytes.</summary>
    public static void WriteMessages(ReadOnlySpan<byte> input, int limit, TargetTranscript said) =>
        Write(input, limit, said, isText: false);

    /// <summary>The UTF-8 of modified UTF-8. Bytes that are neither stay.</summary>
    public static byte[] ToUtf8(ReadOnlySpan<byte> modified)
    {
        var units = UnitsOf(modified);
        var utf8 = new List<byte>();
        for (var i = 0; i < units.Count; i++)
        {
            var unit = units[i];
            if (unit.Value >= Raw)
            {
                utf8.Add((byte)unit.Value);
            }
            else if (i + 1 < units.Count && IsPair(unit.Value, units[i + 1].Value))
            {
                utf8.AddRange(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                    $"{(char)unit.Value}{(char)units[i + 1].Value}")));
                i++;
            }
            else
            {
                utf8.AddRange(char.IsSurrogate((char)unit.Value) ? modified.Slice(unit.Start, 3) : [(byte)unit.Value]);
            }
        }

        return [.. utf8];
    }

    /// <summary>The modified UTF-8 of UTF-8. Bytes that are no character stay.</summary>
    public static byte[] ToModified(ReadOnlySpan<byte> utf8)
    {
        var modified = new List<byte>();
        for (var at = 0; at < utf8.Length;)
        {
            var length = ReferenceUtf8.LengthAt(utf8[at..]);
            if (length == 0)
            {
                modified.Add(utf8[at++]);
                continue;
            }

            foreach (var unit in Encoding.UTF8.GetString(utf8.Slice(at, length)))
            {
                modified.AddRange(BytesOf(unit));
            }

            at += length;
        }

        return [.. modified];
    }

    private static void Write(ReadOnlySpan<byte> input, int limit, TargetTranscript said, bool isText)
    {
        if (isText && input is [var first, var second, ..] && char.IsAsciiLetter((char)first) && char.IsAsciiLetter((char)second))
        {
            said.Add((byte)DecodeStatus.Overrun);
            return;
        }

        while (input.Length >= HeaderBytes)
        {
            var length = (256 * input[0]) + input[1];
            var rest = input[HeaderBytes..];
            if (length > limit)
            {
                said.Add((byte)DecodeStatus.TooLong);
                input = rest[Math.Min(length, rest.Length)..];
            }
            else if (rest.Length < length)
            {
                break;
            }
            else
            {
                said.Add((byte)DecodeStatus.Frame, isText ? ToUtf8(rest[..length]) : rest[..length]);
                input = rest[length..];
            }
        }

        said.Add(DecoderTarget.Rest, input);
    }

    // NUL and halves of pairs are units; all else has the same bytes in both forms.
    private static List<(int Value, int Start)> UnitsOf(ReadOnlySpan<byte> bytes)
    {
        var units = new List<(int Value, int Start)>();
        for (var at = 0; at < bytes.Length;)
        {
            var left = bytes[at..];
            if (left.StartsWith((ReadOnlySpan<byte>)[0xC0, 0x80]))
            {
                units.Add((0, at));
                at += 2;
            }
            else if (left is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..])
            {
                units.Add((((left[0] & 0x0F) * 4096) + ((left[1] & 0x3F) * 64) + (left[2] & 0x3F), at));
                at += 3;
            }
            else
            {
                units.Add((Raw + left[0], at));
                at++;
            }
        }

        return units;
    }

    private static bool IsPair(int first, int second) =>
        second < Raw && char.IsHighSurrogate((char)first) && char.IsLowSurrogate((char)second);

    // As the table in java.io.DataInput has it.
    private static byte[] BytesOf(char unit) => unit switch
    {
        '\0' => [0xC0, 0x80],
        <= '\u007F' => [(byte)unit],
        <= '\u07FF' => [(byte)(0xC0 | (unit >> 6)), (byte)(0x80 | (unit & 0x3F))],
        _ => [(byte)(0xE0 | (unit >> 12)), (byte)(0x80 | ((unit >> 6) & 0x3F)), (byte)(0x80 | (unit & 0x3F))],
    };
}
