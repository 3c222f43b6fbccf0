namespace MuxChat.Core.Chat;

/// <summary>Masks with wildcards: <c>*</c> for any text, <c>?</c> for one byte, a backslash before either for itself; ASCII case does not count.</summary>
internal static class WildcardMask
{
    /// <summary>Whether a text matches. Takes at most as many steps as the product of both lengths.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> mask, ReadOnlySpan<byte> text)
    {
        int m = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (m < mask.Length && mask[m] == (byte)'*')
            {
                star = m++;
                resume = t;
                continue;
            }

            var step = Match(mask, m, text[t]);
            if (step > 0)
            {
                m += step;
                t++;
            }
            else if (star >= 0)
            {
                m = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return !mask[m..].ContainsAnyExcept((byte)'*');
    }

    // How far the mask goes on when it matches one byte; 0 when it does not.
    private static int Match(ReadOnlySpan<byte> mask, int at, byte one)
    {
        if (at >= mask.Length)
        {
            return 0;
        }

        if (mask[at] == (byte)'?')
        {
            return 1;
        }

        var isEscaped = mask[at] == (byte)'\\' && at + 1 < mask.Length && mask[at + 1] is (byte)'*' or (byte)'?';
        return Fold(mask[isEscaped ? at + 1 : at]) == Fold(one) ? (isEscaped ? 2 : 1) : 0;
    }

    private static byte Fold(byte one) => one is >= (byte)'A' and <= (byte)'Z' ? (byte)(one | 0x20) : one;
}
