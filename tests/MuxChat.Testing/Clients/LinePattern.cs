namespace MuxChat.Testing.Clients;

/// <summary>A line in which <c>...</c> stands for anything.</summary>
public static class LinePattern
{
    private const string Anything = "...";

    public static bool Matches(string pattern, string line)
    {
        var parts = pattern.Split(Anything);
        if (parts.Length == 1)
        {
            return pattern == line;
        }

        if (!line.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        for (var i = 1; i < parts.Length - 1; i++)
        {
            var found = line.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + parts[i].Length;
        }

        return line.Length - at >= parts[^1].Length && line.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
