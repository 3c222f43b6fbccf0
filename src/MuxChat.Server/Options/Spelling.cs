namespace MuxChat.Server.Options;

/// <summary>Finds the name that an admin meant by a mistyped one.</summary>
internal static class Spelling
{
    // A name with more wrong letters, in hundredths of its length, means something else.
    private const int MaxWrongPercent = 40;

    /// <summary>Returns the known name that is most similar to a given one, however different they are.</summary>
    public static string Nearest(string given, IEnumerable<string> known) => known.MinBy(name => Distance(given, name))!;

    /// <summary>Returns the known name that a given one most likely means; null if all of them are too different.</summary>
    public static string? Meant(string given, IEnumerable<string> known)
    {
        var lower = given.ToLowerInvariant();
        return known.MinBy(name => Distance(lower, name)) is { } nearest
            && Distance(lower, nearest) * 100 <= nearest.TrimStart('-').Length * MaxWrongPercent ? nearest : null;
    }

    // Returns the Levenshtein distance: the number of letters to insert, remove or change.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
