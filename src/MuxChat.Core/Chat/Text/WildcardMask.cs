namespace MuxChat.Core.Chat.Text;

/// <summary>
/// A mask with wildcards, made ready to match: <c>*</c> for any text, <c>?</c> for one byte, a backslash before either for itself; ASCII
/// case does not count.
/// </summary>
/// <remarks>
/// It never goes back in the text: a bit for each place in the mask says whether the text read so far leads there. So a match takes a step
/// for each byte of the text and each 64 places of the mask, whatever stands in either.
/// </remarks>
internal sealed class WildcardMask
{
    private const int BytesPerMap = 256;
    private const int PlacesPerWord = 64;

    // What is found in two rows besides those of the bytes that the mask names: the places that take any one byte, and those before which a
    // star stands.
    private const int AnyRow = 0;
    private const int StarRow = 1;
    private const int FirstByteRow = 2;

    /// <summary>The longest mask that is made ready on the stack: 128 bytes, three words.</summary>
    private const int MaxStackBytes = 128;

    private readonly byte[] _rowOf = new byte[BytesPerMap];
    private readonly ulong[] _rows;
    private readonly int _words;
    private readonly int _places;

    /// <summary>Makes a mask ready that several texts are matched with.</summary>
    public WildcardMask(ReadOnlySpan<byte> mask)
    {
        _words = WordsFor(mask.Length);
        _rows = new ulong[SizeOfRows(mask.Length)];
        _places = Prepare(mask, _rowOf, _rows);
    }

    /// <summary>Whether a text matches.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text) => IsMatch(_rowOf, _rows, _words, _places, text);

    /// <summary>Whether a text matches a mask that is used once.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> mask, ReadOnlySpan<byte> text)
    {
        if (mask.Length > MaxStackBytes)
        {
            return new WildcardMask(mask).IsMatch(text);
        }

        Span<byte> rowOf = stackalloc byte[BytesPerMap];
        Span<ulong> rows = stackalloc ulong[SizeOfRows(mask.Length)];
        rowOf.Clear();
        rows.Clear();
        return IsMatch(rowOf, rows, WordsFor(mask.Length), Prepare(mask, rowOf, rows), text);
    }

    private static int WordsFor(int places) => (places / PlacesPerWord) + 1;

    // A row for each byte of the mask at the most, and no more than there are bytes without capital letters.
    private static int SizeOfRows(int maskBytes) => (FirstByteRow + Math.Min(maskBytes, BytesPerMap - 26)) * WordsFor(maskBytes);

    // The places of a mask are its bytes without the stars; behind the last one the text is to end.
    private static int Prepare(ReadOnlySpan<byte> mask, Span<byte> rowOf, Span<ulong> rows)
    {
        var words = WordsFor(mask.Length);
        var (places, nextRow) = (0, FirstByteRow);
        for (var i = 0; i < mask.Length; i++)
        {
            var isEscaped = mask[i] == (byte)'\\' && i + 1 < mask.Length && mask[i + 1] is (byte)'*' or (byte)'?';
            var one = Fold(mask[isEscaped ? ++i : i]);
            var row = isEscaped ? -1 : one switch { (byte)'*' => StarRow, (byte)'?' => AnyRow, _ => -1 };
            if (row < 0)
            {
                rowOf[one] = rowOf[one] == 0 ? (byte)nextRow++ : rowOf[one];
                row = rowOf[one];
            }

            rows[(row * words) + (places / PlacesPerWord)] |= 1UL << places;
            places += row == StarRow ? 0 : 1;
        }

        // What takes any byte takes each of those that the mask names, too.
        for (var i = FirstByteRow * words; i < nextRow * words; i++)
        {
            rows[i] |= rows[i % words];
        }

        return places;
    }

    private static bool IsMatch(ReadOnlySpan<byte> rowOf, ReadOnlySpan<ulong> rows, int words, int places, ReadOnlySpan<byte> text)
    {
        Span<ulong> reached = stackalloc ulong[words];
        reached.Clear();
        reached[0] = 1;
        var stars = rows.Slice(StarRow * words, words);
        foreach (var one in text)
        {
            var takes = rows.Slice(rowOf[Fold(one)] * words, words);
            var (carry, any) = (0UL, 0UL);
            for (var i = 0; i < words; i++)
            {
                var step = reached[i] & takes[i];
                reached[i] = (step << 1) | carry | (reached[i] & stars[i]);
                carry = step >> (PlacesPerWord - 1);
                any |= reached[i];
            }

            if (any == 0)
            {
                return false;
            }
        }

        return (reached[places / PlacesPerWord] >> places & 1) != 0;
    }

    private static byte Fold(byte one) => one is >= (byte)'A' and <= (byte)'Z' ? (byte)(one | 0x20) : one;
}
