namespace MuxChat.Core.Chat.Text;

/// <summary>
/// A wildcard mask, compiled for matching. <c>*</c> matches any text, and <c>?</c> matches one byte. A backslash before
/// either matches that character itself. ASCII case is ignored.
/// </summary>
/// <remarks>
/// Matching never backtracks in the text. One bit for each place in the mask records whether the text read so far leads to that place. A
/// match therefore takes one step for each byte of the text and each 64 places of the mask, whatever they contain.
/// </remarks>
internal sealed class WildcardMask
{
    private const int BytesPerMap = 256;
    private const int PlacesPerWord = 64;

    // The first two rows belong to no byte of the mask: places that match any one byte, and places that follow a star. The other rows
    // belong to the bytes that the mask names.
    private const int AnyRow = 0;
    private const int StarRow = 1;
    private const int FirstByteRow = 2;

    /// <summary>The longest mask compiled on the stack: 128 bytes, three words.</summary>
    private const int MaxStackBytes = 128;

    private readonly byte[] _rowOf = new byte[BytesPerMap];
    private readonly ulong[] _rows;
    private readonly int _words;
    private readonly int _places;

    /// <summary>Compiles a mask that several texts are matched against.</summary>
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

    // At most one row for each byte of the mask, and at most one for each byte value without the capital letters.
    private static int SizeOfRows(int maskBytes) => (FirstByteRow + Math.Min(maskBytes, BytesPerMap - 26)) * WordsFor(maskBytes);

    // The places of a mask are its bytes without the stars. At the place after the last byte the text must end.
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

        // A place that matches any byte also matches each byte that the mask names.
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
