using System.Text;

namespace MuxChat.Core.Chat.Operators;

/// <summary>A small regular expression, which must match a whole argument. Matching takes time linear in the argument.</summary>
/// <remarks>
/// It has literals, <c>.</c>, classes such as <c>[a-z0-9_]</c> and <c>[^/]</c>, <c>\d \w \s</c>, groups, <c>|</c>, and the repetitions
/// <c>* + ? {m} {m,} {m,n}</c>. A backslash makes any other ASCII punctuation a literal. It steps through all possible places at once, so
/// no argument makes it slow (Thompson, Regular Expression Search Algorithm, 1968).
/// </remarks>
public sealed class ArgumentPattern
{
    /// <summary>Characters of the longest pattern: 256.</summary>
    public const int MaxLength = 256;

    /// <summary>Steps of the largest pattern, after its repetitions are written out: 500.</summary>
    public const int MaxSteps = 500;

    private readonly IReadOnlyList<Step> _steps;

    private ArgumentPattern(IReadOnlyList<Step> steps) => _steps = steps;

    /// <summary>Reads a pattern. If it is wrong, returns false and says what is wrong.</summary>
    public static bool TryParse(string pattern, out ArgumentPattern? parsed, out string mistake)
    {
        var steps = new List<Step>();
        mistake = pattern.Length > MaxLength ? $"a pattern has at most {MaxLength} characters"
            : new ArgumentPatternReader(pattern).Read(steps);
        parsed = mistake.Length == 0 ? new ArgumentPattern(steps) : null;
        return parsed is not null;
    }

    /// <summary>Whether the whole argument matches. It must be well-formed UTF-8.</summary>
    public bool Matches(ReadOnlySpan<byte> argument)
    {
        var (now, next) = (new List<int>(), new List<int>());
        var seen = new int[_steps.Count];
        var generation = 1;
        Follow(0, now, seen, generation);
        while (!argument.IsEmpty)
        {
            Rune.DecodeFromUtf8(argument, out var character, out var length);
            argument = argument[length..];
            next.Clear();
            generation++;
            foreach (var at in now)
            {
                if (_steps[at].Set is { } set && set.Contains(character.Value))
                {
                    Follow(at + 1, next, seen, generation);
                }
            }

            (now, next) = (next, now);
        }

        return now.Exists(at => _steps[at].IsEnd);
    }

    // Collects all steps that are reached without a character.
    private void Follow(int from, List<int> reached, int[] seen, int generation)
    {
        var open = new Stack<int>([from]);
        while (open.TryPop(out var at))
        {
            if (seen[at] == generation)
            {
                continue;
            }

            seen[at] = generation;
            var step = _steps[at];
            if (step.Set is not null || step.IsEnd)
            {
                reached.Add(at);
                continue;
            }

            open.Push(at + step.Second);
            open.Push(at + step.First);
        }
    }

    /// <summary>One step: a character of a set, or a jump to two other steps (relative), or the end.</summary>
    internal sealed record Step(CharacterSet? Set, int First = 0, int Second = 0, bool IsEnd = false);

    /// <summary>A set of characters, by ranges of code points.</summary>
    internal sealed record CharacterSet(bool IsNegated, IReadOnlyList<(int First, int Last)> Ranges)
    {
        /// <summary>The only character of the set; -1 if it has more.</summary>
        public int Single => !IsNegated && Ranges is [var one] && one.First == one.Last ? one.First : -1;

        public static CharacterSet Of(int character) => new(false, [(character, character)]);

        public bool Contains(int character)
        {
            foreach (var (first, last) in Ranges)
            {
                if (character >= first && character <= last)
                {
                    return !IsNegated;
                }
            }

            return IsNegated;
        }
    }
}
