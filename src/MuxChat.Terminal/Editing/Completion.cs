namespace MuxChat.Terminal.Editing;

/// <summary>The words that the one before the caret may become.</summary>
/// <param name="Start">The index in the text where that word begins.</param>
/// <param name="Words">The words, best first, each with what ends it, such as a blank. A path has no end, because it may go on.</param>
internal sealed record Completion(int Start, IReadOnlyList<string> Words)
{
    /// <summary>Words that are offered at most: 100.</summary>
    public const int MaxWords = 100;

    /// <summary>No word.</summary>
    public static Completion None { get; } = new(0, []);

    /// <summary>Finds the words for a text up to the caret.</summary>
    /// <param name="before">The text before the caret.</param>
    /// <param name="commands">The names of commands, without a slash.</param>
    /// <param name="rooms">The names of rooms.</param>
    /// <param name="nicks">Nicks, the likely ones first.</param>
    public static Completion For(string before, IEnumerable<string> commands, IEnumerable<string> rooms, IEnumerable<string> nicks)
    {
        var start = before.LastIndexOf(' ') + 1;
        var typed = before[start..];
        if (start == 0 && typed.StartsWith('/') && !typed.StartsWith("//", StringComparison.Ordinal))
        {
            return new Completion(start, Fitting(commands, typed[1..]).Select(static name => $"/{name} ").ToList());
        }

        if (typed.StartsWith('#'))
        {
            return new Completion(start, Fitting(rooms, typed).Select(static name => name + " ").ToList());
        }

        var end = start == 0 ? ": " : " ";
        return typed.Length == 0 ? None : new Completion(start, Fitting(nicks, typed).Select(nick => nick + end).ToList());
    }

    private static IEnumerable<string> Fitting(IEnumerable<string> names, string typed) => names
        .Where(name => Session.Names.Fold(name).StartsWith(Session.Names.Fold(typed), StringComparison.Ordinal))
        .Distinct()
        .Take(MaxWords);
}
