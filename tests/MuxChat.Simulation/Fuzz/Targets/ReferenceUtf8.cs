namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>RFC 3629, section 4, byte by byte.</summary>
internal static class ReferenceUtf8
{
    public static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = LengthAt(bytes[at..]);
            if (length == 0)
            {
                return false;
            }

            at += length;
        }

        return true;
    }

    /// <summary>Whether a client may be sent it as a text: valid, and no control character but tab.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (!IsValid(bytes))
        {
            return false;
        }

        for (var at = 0; at < bytes.Length; at++)
        {
            if ((bytes[at] < 0x20 && bytes[at] != '\t') || bytes[at] == 0x7F || (bytes[at] == 0xC2 && bytes[at + 1] < 0xA0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bytes of the character at the front; 0 when there is none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[0];
        if (first < 0x80)
        {
            return 1;
        }

        var length = first switch { >= 0xC2 and <= 0xDF => 2, >= 0xE0 and <= 0xEF => 3, >= 0xF0 and <= 0xF4 => 4, _ => 0 };
        if (length == 0 || bytes.Length < length)
        {
            return 0;
        }

        var min = first switch { 0xE0 => 0xA0, 0xF0 => 0x90, _ => 0x80 };
        var max = first switch { 0xED => 0x9F, 0xF4 => 0x8F, _ => 0xBF };
        if (bytes[1] < min || bytes[1] > max)
        {
            return 0;
        }

        for (var at = 2; at < length; at++)
        {
            if ((bytes[at] & 0xC0) != 0x80)
            {
                return 0;
            }
        }

        return length;
    }
}
