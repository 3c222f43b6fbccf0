using CharacterSet = MuxChat.Core.Chat.Operators.ArgumentPattern.CharacterSet;
using Step = MuxChat.Core.Chat.Operators.ArgumentPattern.Step;

namespace MuxChat.Core.Chat.Operators;

/// <summary>Makes the steps of an <see cref="ArgumentPattern"/> from its text, by recursive descent.</summary>
internal sealed class ArgumentPatternReader(string pattern)
{
    private const int MaxRepeats = 255;

    private readonly string _pattern = pattern;
    private int _at;

    /// <summary>Reads the pattern to its end. Returns what is wrong with it; empty if nothing is.</summary>
    /// <param name="steps">Receives the steps.</param>
    public string Read(List<Step> steps)
    {
        try
        {
            var read = ReadChoice();
            if (_at < _pattern.Length)
            {
                throw new FormatException("a ) has no (");
            }

            steps.AddRange(read);
            steps.Add(new Step(null, 0, 0, IsEnd: true));
            return "";
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }

    private List<Step> ReadChoice()
    {
        var first = ReadSequence();
        if (_at == _pattern.Length || _pattern[_at] != '|')
        {
            return first;
        }

        _at++;
        var second = ReadChoice();
        return Bounded([Split(1, first.Count + 2), .. first, Split(second.Count + 1, second.Count + 1), .. second]);
    }

    private List<Step> ReadSequence()
    {
        var steps = new List<Step>();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            var atom = ReadAtom();
            while (_at < _pattern.Length && TryReadRepeat(out var min, out var max))
            {
                atom = Repeat(atom, min, max);
            }

            steps.AddRange(atom);
            Bounded(steps);
        }

        return steps;
    }

    private bool TryReadRepeat(out int min, out int max)
    {
        (min, max) = _pattern[_at] switch { '*' => (0, -1), '+' => (1, -1), '?' => (0, 1), _ => (-1, -1) };
        if (min >= 0)
        {
            _at++;
            return true;
        }

        if (_pattern[_at] != '{')
        {
            return false;
        }

        var end = _pattern.IndexOf('}', _at);
        var parts = end < 0 ? [] : _pattern[(_at + 1)..end].Split(',');
        if (parts.Length is not (1 or 2) || !TryReadCount(parts[0], out min)
            || (parts.Length == 2 && parts[1].Length > 0 && !TryReadCount(parts[1], out max)))
        {
            throw new FormatException($"a repetition is {{m}}, {{m,}} or {{m,n}}, with numbers up to {MaxRepeats}");
        }

        max = parts.Length == 1 ? min : max;
        if (max >= 0 && max < min)
        {
            throw new FormatException("a repetition {m,n} has its smaller number first");
        }

        _at = end + 1;
        return true;
    }

    private static bool TryReadCount(string text, out int count)
    {
        count = 0;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '9' || count > MaxRepeats)
            {
                return false;
            }

            count = (count * 10) + digit - '0';
        }

        return text.Length > 0 && count <= MaxRepeats;
    }

    private static List<Step> Repeat(List<Step> atom, int min, int max)
    {
        var steps = new List<Step>();
        for (var i = 0; i < min; i++)
        {
            steps.AddRange(atom);
            Bounded(steps);
        }

        if (max < 0)
        {
            steps.AddRange([Split(1, atom.Count + 2), .. atom, Split(-atom.Count - 1, -atom.Count - 1)]);
        }

        for (var i = min; i < max; i++)
        {
            steps.AddRange([Split(1, atom.Count + 1), .. atom]);
            Bounded(steps);
        }

        return Bounded(steps);
    }

    private List<Step> ReadAtom()
    {
        var character = _pattern[_at++];
        switch (character)
        {
            case '(':
                var inside = ReadChoice();
                if (_at == _pattern.Length)
                {
                    throw new FormatException("a ( has no )");
                }

                _at++;
                return inside;
            case '[':
                return [new Step(ReadClass())];
            case '.':
                return [new Step(new CharacterSet(IsNegated: true, []))];
            case '\\':
                return [new Step(ReadEscape())];
            case '*' or '+' or '?' or '{':
                throw new FormatException($"nothing is before the {character} that could be repeated");
            case '^' or '$':
                throw new FormatException(
                    $"a pattern always matches the whole argument: leave the {character} out, or write \\{character}");
            default:
                return [new Step(CharacterSet.Of(ReadRune(character)))];
        }
    }

    private CharacterSet ReadClass()
    {
        var isNegated = _at < _pattern.Length && _pattern[_at] == '^';
        _at += isNegated ? 1 : 0;
        var ranges = new List<(int First, int Last)>();
        while (true)
        {
            if (_at == _pattern.Length)
            {
                throw new FormatException("a [ has no ]");
            }

            var character = _pattern[_at++];
            if (character == ']' && ranges.Count > 0)
            {
                return new CharacterSet(isNegated, ranges);
            }

            var one = ReadMember(character, out var isLetter);
            var isRange = _at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']';
            if (!isRange)
            {
                ranges.AddRange(one.IsNegated ? throw new FormatException("a class cannot hold \\D, \\W or \\S") : one.Ranges);
                continue;
            }

            _at++;
            var last = ReadMember(_pattern[_at++], out var isLastLetter).Single;
            if (isLetter || isLastLetter)
            {
                throw new FormatException("a range in a class goes from character to character: write \\- for a - next to \\d, \\w or \\s");
            }

            ranges.Add(last >= one.Single ? (one.Single, last) : throw new FormatException("a range in a class has its smaller end first"));
        }
    }

    // Reads a character, or a letter for a set of characters: \s means only one, and is a set all the same.
    private CharacterSet ReadMember(char first, out bool isLetter)
    {
        isLetter = first == '\\' && _at < _pattern.Length && char.IsAsciiLetter(_pattern[_at]);
        return first == '\\' ? ReadEscape() : CharacterSet.Of(ReadRune(first));
    }

    private CharacterSet ReadEscape()
    {
        if (_at == _pattern.Length)
        {
            throw new FormatException("nothing is after the \\");
        }

        var character = _pattern[_at++];
        (int, int)[] word = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
        return character switch
        {
            'd' or 'D' => new CharacterSet(character == 'D', [('0', '9')]),
            'w' or 'W' => new CharacterSet(character == 'W', word),
            's' or 'S' => new CharacterSet(character == 'S', [(' ', ' ')]),
            _ when char.IsAsciiLetterOrDigit(character) || !char.IsAscii(character) =>
                throw new FormatException($"\\{character} has no meaning"),
            _ => CharacterSet.Of(character),
        };
    }

    private int ReadRune(char first)
    {
        if (!char.IsSurrogate(first))
        {
            return first;
        }

        return _at < _pattern.Length && char.IsSurrogatePair(first, _pattern[_at])
            ? char.ConvertToUtf32(first, _pattern[_at++]) : throw new FormatException("half a surrogate pair is no character");
    }

    private static Step Split(int first, int second) => new(null, first, second);

    private static List<Step> Bounded(List<Step> steps) =>
        steps.Count <= ArgumentPattern.MaxSteps ? steps
            : throw new FormatException($"the pattern is too large: it has more than {ArgumentPattern.MaxSteps} steps");
}
