using System.CommandLine;
using System.Globalization;

namespace MuxChat.Server.Options;

/// <summary>The values of the options: from the command line, else from the environment variable, else the default.</summary>
internal sealed class OptionValues(ParseResult parsed, IReadOnlyDictionary<string, Option<string[]>> options, Variables variables)
{
    /// <summary>Returns all values of an option that may be given several times. Its variable holds them separated by spaces.</summary>
    public IReadOnlyList<string> All(OptionRow row)
    {
        var given = OnCommandLine(row);
        if (given.Length > 0)
        {
            return given;
        }

        return Variable(row) is not { } value ? [row.Default] : value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Returns the same for values with spaces inside. The variable holds them on lines of their own.</summary>
    public IReadOnlyList<string> Lines(OptionRow row)
    {
        var given = OnCommandLine(row);
        return given.Length > 0 ? given : (Variable(row) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Returns the value of an option that may be given once.</summary>
    /// <exception cref="StartupException">The option is given more than once.</exception>
    public string Text(OptionRow row)
    {
        var given = OnCommandLine(row);
        return given.Length switch
        {
            0 => Variable(row) ?? row.Default,
            1 => given[0],
            _ => throw new StartupException(StartupException.Usage, $"{row.Name} is given {given.Length} times: once is enough"),
        };
    }

    /// <summary>Returns one of the words that the option accepts.</summary>
    /// <exception cref="StartupException">The value is another word.</exception>
    public string Word(OptionRow row)
    {
        var word = Text(row);
        return row.Words.Contains(word)
            ? word
            : throw new StartupException(StartupException.Usage, $"{Source(row)} {word}: it takes {string.Join(", ", row.Words)}");
    }

    /// <summary>Returns the path of a file or directory; null when none is given.</summary>
    /// <exception cref="StartupException">The path is empty.</exception>
    public string? Path(OptionRow row) => !IsGiven(row)
        ? null
        : Text(row) is { Length: > 0 } path ? path : throw new StartupException(StartupException.Usage,
            $"{Source(row)} is empty: it takes a path");

    /// <summary>Returns a number within the range of its option and the order of its pair (see <see cref="OptionTable.Pairs"/>).</summary>
    /// <exception cref="StartupException">The value is no number, is out of range, or conflicts with the other
    /// option of its pair, which the message names.</exception>
    public int Number(OptionRow row)
    {
        var pair = OptionTable.Pairs.FirstOrDefault(pair => row.Name == pair.Lesser || row.Name == pair.Greater);
        if (pair is null)
        {
            return InRange(row);
        }

        var (lesser, greater) = Resolve(pair);
        return row.Name == pair.Lesser ? lesser : greater;
    }

    /// <summary>Whether the command line or the environment gives the option a value.</summary>
    public bool IsGiven(OptionRow row) => OnCommandLine(row).Length > 0 || Variable(row) is not null;

    /// <summary>Whether the command line names the option without a value.</summary>
    public bool IsGivenWithoutValue(OptionRow row) =>
        parsed.GetResult(options[row.Name]) is { Implicit: false } && OnCommandLine(row).Length == 0;

    /// <summary>Checks that an option which needs another one is not given without it.</summary>
    /// <exception cref="StartupException">The other option is missing; the message names it.</exception>
    public void CheckNeeds(OptionRow row)
    {
        if (row.Needs is { } needed && IsGiven(row) && !IsGiven(OptionTable.Find(needed.Split(' ')[0])))
        {
            throw new StartupException(StartupException.Usage,
                $"{Source(row)} does nothing without {needed}: give both, or leave {Source(row)} out");
        }
    }

    private int InRange(OptionRow row)
    {
        var text = Text(row);
        var (min, max) = (row.Number!.Min, row.Number.Max);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new StartupException(StartupException.Usage, $"{Source(row)} {text}: it takes a whole number from {min} to {max}");
    }

    private (int Lesser, int Greater) Resolve(OptionPair pair)
    {
        var (lesser, greater) = (OptionTable.Find(pair.Lesser), OptionTable.Find(pair.Greater));
        var (first, second) = (InRange(lesser), InRange(greater));
        if (first <= second - pair.Gap)
        {
            return (first, second);
        }

        if (!IsGiven(lesser))
        {
            return (Math.Max(lesser.Number!.Min, second / pair.Share), second);
        }

        if (!IsGiven(greater))
        {
            return (first, (int)Math.Min(greater.Number!.Max, (long)first * pair.Share));
        }

        throw new StartupException(
            StartupException.Usage,
            $"{Source(lesser)} {first} with {Source(greater)} {second}: "
                + $"{lesser.Name} takes a whole number from {lesser.Number!.Min} to {second - pair.Gap} here");
    }

    private string[] OnCommandLine(OptionRow row) => parsed.GetValue(options[row.Name]) ?? [];

    private string? Variable(OptionRow row)
    {
        var value = variables.ValueOf(row.Variable);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private string Source(OptionRow row) => OnCommandLine(row).Length > 0 ? row.Name : row.Variable;
}
