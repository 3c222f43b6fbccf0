namespace MuxChat.Core.Chat.Text;

/// <summary>Finds the name that a user or an admin meant by a mistyped one.</summary>
public static class Spelling
{
    // A name with more wrong letters, in hundredths of its length, means something else.
    private const int MaxWrongPercent = 40;

    /// <summary>Returns the known name that is most similar to a given one, however different they are.</summary>
    public static string Nearest(string given, IEnumerable<string> known) => known.MinBy(name => Distance(given, name))!;

    /// <summary>Returns the known name that a given one most likely means; null if all of them are too different.</summary>
    /// <param name="given">The name as it was typed. The work grows with its length, so the caller limits it.</param>
    /// <param name="known">The known names, in lower case.</param>
    public static string? Meant(string given, IEnumerable<string> known)
    {
        var lower = given.ToLowerInvariant();
        return known.MinBy(name => Distance(lower, name)) is { } nearest
            && Distance(lower, nearest) * 100 <= nearest.TrimStart('-').Length * MaxWrongPercent ? nearest : null;
    }

    // Returns the number of letters to insert, remove, change, or swap with the next one (the optimal string alignment distance).
    private static int Distance(string from, string to)
    {
        var (beforeLast, last) = (new int[to.Length + 1], Enumerable.Range(0, to.Length + 1).ToArray());
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[^1];
    }
}
