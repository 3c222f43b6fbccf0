using MuxChat.Core.Buffers;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Mode changes as text, <c>+o-v alice bob</c>, cut where they would not fit a line.</summary>
internal static class IrcModeText
{
    /// <summary>Writes all of a change where it fits, else its first letter with what belongs to it. Returns what is left.</summary>
    /// <param name="change">The change, as the chat tells it: letters, then a parameter for each letter that has one.</param>
    /// <param name="most">Bytes that fit.</param>
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
        var rest = end < 0 ? default : change[(end + 1)..];
        var sign = letters[0];
        var letter = letters[1];
        writer.Put(sign);
        writer.Put(letter);
        if (HasParameter(sign, letter))
        {
            var parameterEnd = rest.IndexOf((byte)' ');
            writer.Put((byte)' ');
            writer.Put(parameterEnd < 0 ? rest : rest[..parameterEnd]);
            rest = parameterEnd < 0 ? default : rest[(parameterEnd + 1)..];
        }

        return Join(sign, letters[2..], rest);
    }

    private static bool HasParameter(byte sign, byte letter) => "ovbeIk"u8.Contains(letter) || (letter == (byte)'l' && sign == (byte)'+');

    private static byte[] Join(byte sign, ReadOnlySpan<byte> letters, ReadOnlySpan<byte> rest)
    {
        if (letters.IsEmpty)
        {
            return [];
        }

        ReadOnlySpan<byte> signed = letters[0] is (byte)'+' or (byte)'-' ? letters : [sign, .. letters];
        return rest.IsEmpty ? signed.ToArray() : [.. signed, (byte)' ', .. rest];
    }
}
