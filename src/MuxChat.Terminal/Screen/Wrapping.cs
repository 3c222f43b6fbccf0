using MuxChat.Terminal.Editing;

namespace MuxChat.Terminal.Screen;

/// <summary>Breaks a text into rows, at blanks where it can, and never inside a character.</summary>
internal static class Wrapping
{
    /// <summary>
    /// Returns the rows of a clean text: at least one, and none wider than <paramref name="columns"/>, which is at least 2.
    /// </summary>
    public static IReadOnlyList<string> Rows(string text, int columns)
    {
        if (CellWidth.Of(text) <= columns)
        {
            return [text];
        }

        var rows = new List<string>();
        var start = 0;
        var width = 0;
        var blank = -1;
        for (var at = 0; at < text.Length;)
        {
            var next = Graphemes.Next(text, at);
            var cell = CellWidth.OfCluster(text.AsSpan(at, next - at));
            if (width + cell > columns && at > start)
            {
                // A blank at the border of a row is not shown.
                var end = text[at] == ' ' ? at : blank > start ? blank : at;
                rows.Add(text[start..end]);
                start = end < text.Length && text[end] == ' ' ? end + 1 : end;
                width = CellWidth.Of(text[start..Math.Max(start, at)]);
                blank = -1;
                if (start > at)
                {
                    at = start;
                    continue;
                }
            }

            blank = text[at] == ' ' ? at : blank;
            width += cell;
            at = next;
        }

        rows.Add(text[start..]);
        return rows;
    }

    /// <summary>Returns the longest beginning of a text that is at most so wide.</summary>
    public static string Fit(string text, int columns)
    {
        if (CellWidth.Of(text) <= columns)
        {
            return text;
        }

        var end = 0;
        for (var width = 0; end < text.Length;)
        {
            var next = Graphemes.Next(text, end);
            width += CellWidth.OfCluster(text.AsSpan(end, next - end));
            if (width > columns)
            {
                break;
            }

            end = next;
        }

        return text[..end];
    }
}
