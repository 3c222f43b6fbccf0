using System.CommandLine;
using System.Globalization;

namespace MuxChat.Server.Options;

/// <summary>What was given for each option: on the command line, else in its environment variable, else its default.</summary>
internal sealed class OptionValues(
    ParseResult parsed,
    IReadOnlyDictionary<string, Option<string[]>> options,
    IReadOnlyDictionary<string, string> defaults,
    Func<string, string?> variable)
{
    /// <summary>All values of an option that may be given several times; a variable holds them with spaces between.</summary>
    public IReadOnlyList<string> All(string name)
    {
        var given = OnCommandLine(name);
        if (given.Length > 0)
        {
            return given;
        }

        return Variable(name) is not { } value ? [defaults[name]] : value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The value of an option that may be given once.</summary>
    public string Text(string name)
    {
        var given = OnCommandLine(name);
        return given.Length switch
        {
            0 => Variable(name) ?? defaults[name],
            1 => given[0],
            _ => throw new StartupException(StartupException.Usage, $"{name} is given {given.Length} times: once is enough"),
        };
    }

    public string Word(string name, IReadOnlyList<string> words)
    {
        var word = Text(name);
        return words.Contains(word)
            ? word
            : throw new StartupException(StartupException.Usage, $"{Source(name)} {word}: it takes {string.Join(", ", words)}");
    }

    public int Number(string name, int min, int max)
    {
        var text = Text(name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new StartupException(StartupException.Usage, $"{Source(name)} {text}: it takes a whole number from {min} to {max}");
    }

    /// <summary>
    /// Two numbers of which the first may not be more than the second, less a gap. When only one is given, the default of the other makes
    /// way for it.
    /// </summary>
    /// <param name="lesser">The first, its least value, and the share of the second that it is when it makes way.</param>
    /// <param name="greater">The second and its greatest value.</param>
    /// <param name="gap">How much more the second is at least.</param>
    /// <exception cref="StartupException">One is out of its range, or both are given and clash: the message names both.</exception>
    public (int Lesser, int Greater) Pair((string Name, int Least, int Share) lesser, (string Name, int Least, int Most) greater, int gap)
    {
        var first = Number(lesser.Name, lesser.Least, greater.Most - gap);
        var second = Number(greater.Name, greater.Least, greater.Most);
        if (first <= second - gap)
        {
            return (first, second);
        }

        if (!IsGiven(lesser.Name))
        {
            return (Math.Max(lesser.Least, second / lesser.Share), second);
        }

        if (!IsGiven(greater.Name))
        {
            return (first, (int)Math.Min(greater.Most, (long)first * lesser.Share));
        }

        throw new StartupException(
            StartupException.Usage,
            $"{Source(lesser.Name)} {first} with {Source(greater.Name)} {second}: "
                + $"{lesser.Name} takes a whole number from {lesser.Least} to {second - gap} then");
    }

    /// <summary>The path of a file or directory; null when none is given.</summary>
    /// <exception cref="StartupException">It is empty.</exception>
    public string? Path(string name) => !IsGiven(name)
        ? null
        : Text(name) is { Length: > 0 } path ? path : throw new StartupException(StartupException.Usage,
            $"{Source(name)} is empty: it takes a path");

    /// <summary>Checks that options which do nothing without another one are not given without it.</summary>
    /// <param name="isThere">Whether the other one is given, as it must be.</param>
    /// <param name="needed">The other one, as it would be given.</param>
    /// <param name="names">The options that need it.</param>
    /// <exception cref="StartupException">One is given and the other is not: the message says what is missing.</exception>
    public void Need(bool isThere, string needed, IEnumerable<string> names)
    {
        if (!isThere && names.FirstOrDefault(IsGiven) is { } useless)
        {
            throw new StartupException(StartupException.Usage,
                $"{Source(useless)} does nothing without {needed}: give both, or leave {Source(useless)} out");
        }
    }

    public bool IsGiven(string name) => OnCommandLine(name).Length > 0 || Variable(name) is not null;

    public bool IsGivenWithoutValue(string name) => parsed.GetResult(options[name]) is { Implicit: false } && OnCommandLine(name).Length == 0;

    private string[] OnCommandLine(string name) => parsed.GetValue(options[name]) ?? [];

    private string? Variable(string name)
    {
        var value = variable(OptionSet.VariableOf(name));
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private string Source(string name) => OnCommandLine(name).Length > 0 ? name : OptionSet.VariableOf(name);
}
