using System.Text.RegularExpressions;

namespace MuxChat.UnitTests.Style;

/// <summary>The rules of plain English that can be counted, for documents and for comments.</summary>
internal static partial class Prose
{
    private const int MaxWords = 30;

    /// <summary>The sentences of a text that break a rule.</summary>
    public static IEnumerable<string> Faults(string text) => Faults(SentenceEnd().Split(text));

    /// <summary>Those of some sentences that break a rule.</summary>
    public static IEnumerable<string> Faults(IEnumerable<string> sentences) =>
        sentences.Where(static sentence => Words().IsMatch(sentence) || IsHeadless(sentence) || IsLong(sentence));

    // A question may begin so.
    private static bool IsHeadless(string sentence) => Pronoun().IsMatch(sentence) && !sentence.EndsWith('?');

    private static bool IsLong(string sentence) => sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > MaxWords;

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\b(stands|beside|at the most|on and on|somebody|anybody|nobody|wishes|(is|are|was|were|being) told)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex(@"^(Who|Whoever|What|Where)\b")]
    private static partial Regex Pronoun();
}
