using MuxChat.Core.Buffers;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Mode changes as text, <c>+o-v alice bob</c>, cut where they would not fit a line.</summary>
internal static class IrcModeText
{
    /// <summary>Writes as many changes as fit, and one at least. Returns what is left.</summary>
    /// <param name="change">The changes, as the chat tells them: letters, then a parameter for each letter that has one.</param>
    /// <param name="most">Bytes that fit: more than one change of the longest parameter needs.</param>
    /// <param name="writer">Where to.</param>
    public static ReadOnlySpan<byte> PutPart(ReadOnlySpan<byte> change, int most, SegmentWriter writer)
    {
        if (change.Length <= most)
        {
            writer.Put(change);
            return default;
        }

        var end = change.IndexOf((byte)' ');
        var letters = end < 0 ? change : change[..end];
        var parameters = end < 0 ? default : change[end..];
        var sign = (byte)'+';
        int taken = 0, takenOfParameters = 0;
        while (taken < letters.Length)
        {
            var next = taken;
            var nextSign = letters[next] is (byte)'+' or (byte)'-' ? letters[next++] : sign;
            next = Math.Min(next + 1, letters.Length);
            var nextOfParameters = takenOfParameters + (HasParameter(nextSign, letters[next - 1])
                ? FirstOf(parameters[takenOfParameters..]) : 0);
            if (taken > 0 && next + nextOfParameters > most)
            {
                break;
            }

            (taken, takenOfParameters, sign) = (next, nextOfParameters, nextSign);
        }

        writer.Put(letters[..taken]);
        writer.Put(parameters[..takenOfParameters]);
        return Join(sign, letters[taken..], parameters[takenOfParameters..]);
    }

    // The length of the first parameter, with the space before it.
    private static int FirstOf(ReadOnlySpan<byte> parameters)
    {
        var end = parameters.IsEmpty ? -1 : parameters[1..].IndexOf((byte)' ');
        return end < 0 ? parameters.Length : end + 1;
    }

    private static bool HasParameter(byte sign, byte letter) => "ovbeIk"u8.Contains(letter) || (letter == (byte)'l' && sign == (byte)'+');

    private static byte[] Join(byte sign, ReadOnlySpan<byte> letters, ReadOnlySpan<byte> parameters)
    {
        if (letters.IsEmpty)
        {
            return [];
        }

        ReadOnlySpan<byte> signed = letters[0] is (byte)'+' or (byte)'-' ? letters : [sign, .. letters];
        return [.. signed, .. parameters];
    }
}
