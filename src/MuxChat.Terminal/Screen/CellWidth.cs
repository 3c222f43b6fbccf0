using System.Globalization;
using System.Text;
using Wcwidth;

namespace MuxChat.Terminal.Screen;

/// <summary>How many columns of a terminal a text takes.</summary>
/// <remarks>
/// Terminals differ for joined emoji, and the widths here are those of terminals that know them. Each row of the screen is drawn from its
/// first column. So a difference never reaches another row.
/// </remarks>
internal static class CellWidth
{
    private const int Joiner = 0x200D;
    private const int EmojiStyle = 0xFE0F;

    /// <summary>Returns the columns of a clean text.</summary>
    public static int Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text.Length;
        }

        var columns = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(at));
            columns += OfCluster(text.AsSpan(at, length));
            at += length;
        }

        return columns;
    }

    /// <summary>Returns the columns of one character as a person sees it: 0, 1, 2, or more for some scripts.</summary>
    public static int OfCluster(ReadOnlySpan<char> cluster)
    {
        var columns = 0;
        var isJoined = false;
        var flags = 0;
        foreach (var rune in cluster.EnumerateRunes())
        {
            // The parts of a joined emoji, its style and its colour add nothing to the first part.
            if (IsRegional(rune))
            {
                flags++;
            }
            else if (rune.Value == EmojiStyle)
            {
                columns = columns == 1 ? 2 : columns;
            }
            else if (rune.Value == Joiner)
            {
                isJoined = columns == 2;
            }
            else if (!isJoined && !(columns == 2 && IsSkin(rune)))
            {
                columns += Math.Max(0, UnicodeCalculator.GetWidth(rune));
            }
        }

        return columns + (flags > 0 ? 2 : 0);
    }

    private static bool IsRegional(Rune rune) => rune.Value is >= 0x1F1E6 and <= 0x1F1FF;

    private static bool IsSkin(Rune rune) => rune.Value is >= 0x1F3FB and <= 0x1F3FF;
}
