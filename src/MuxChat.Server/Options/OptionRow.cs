using System.CommandLine;
using System.Globalization;

namespace MuxChat.Server.Options;

/// <summary>
/// One option of <c>muxchat serve</c>: a row of <see cref="OptionTable"/>. The help, the environment variable, the messages about a wrong
/// value and the row of docs/LIMITS.md come from it.
/// </summary>
internal sealed record OptionRow
{
    /// <summary>The heading of docs/LIMITS.md that lists the option.</summary>
    public required string Group { get; init; }

    /// <summary>The name with its dashes.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the value in the help.</summary>
    public required string ValueName { get; init; }

    /// <summary>The default as it would be given, or <c>none</c>.</summary>
    public required string Default { get; init; }

    /// <summary>What the help says, without the default.</summary>
    public required string Help { get; init; }

    /// <summary>What docs/LIMITS.md says: what the option bounds, what happens at it, and why.</summary>
    public required string Bounds { get; init; }

    /// <summary>Checks what is given and returns the options with it.</summary>
    public required Setter Set { get; init; }

    /// <summary>The least and the greatest number, and where it is kept; null where the value is no number.</summary>
    public NumberRange? Number { get; init; }

    /// <summary>The words that the option takes; empty where it takes others.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Another name; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether the option means something without a value.</summary>
    public bool MayLackValue { get; init; }

    /// <summary>Another option, with the name of its value, without which this one does nothing; null for none.</summary>
    public string? Needs { get; init; }

    /// <summary>The environment variable that holds the value where the command line has none: <c>MUXCHAT_</c> and the name.</summary>
    public string Variable => "MUXCHAT_" + Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    /// <summary>The option for the parser. Each command line makes its own, because the parser writes to it.</summary>
    public Option<string[]> ToOption() => new(Name, Alias is null ? [] : [Alias])
    {
        HelpName = ValueName,
        Description = $"{Help} [default: {Default}]",

        // ZeroOrOne would ask for a single value where an array is read, and refuse every value.
        Arity = MayLackValue ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>A row whose value is a whole number.</summary>
    /// <param name="group">See <see cref="Group"/>.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="min">The least number that is taken.</param>
    /// <param name="max">The greatest.</param>
    /// <param name="help">See <see cref="Help"/>.</param>
    /// <param name="bounds">See <see cref="Bounds"/>.</param>
    /// <param name="get">Reads the number from the options, in the unit of this option; the default is what it reads from new ones.</param>
    /// <param name="set">Returns the options with another number.</param>
    public static OptionRow OfNumber(
        string group,
        string name,
        int min,
        int max,
        string help,
        string bounds,
        Func<ServerOptions, long> get,
        Func<ServerOptions, int, ServerOptions> set) => new()
        {
            Group = group,
            Name = name,
            ValueName = "N",
            Default = get(new ServerOptions()).ToString(CultureInfo.InvariantCulture),
            Help = help,
            Bounds = bounds,
            Number = new NumberRange(min, max, get),
            Set = (served, row, values) => set(served, values.Number(row)),
        };

    /// <summary>Sets what an option gives.</summary>
    /// <exception cref="StartupException">The value is wrong.</exception>
    public delegate ServerOptions Setter(ServerOptions served, OptionRow row, OptionValues values);

    /// <summary>Where a number lies.</summary>
    /// <param name="Min">The least.</param>
    /// <param name="Max">The greatest.</param>
    /// <param name="Get">Reads it from the options, in the unit of the option.</param>
    public sealed record NumberRange(int Min, int Max, Func<ServerOptions, long> Get);
}

/// <summary>
/// Two numbers of which the lesser must stay below the greater. When only one of them is given, the default of the other makes way for it.
/// </summary>
/// <param name="Lesser">The option that must stay below.</param>
/// <param name="Greater">The option above it.</param>
/// <param name="Share">The lesser is this share of the greater when it makes way.</param>
/// <param name="Gap">How much more the greater is at least.</param>
internal sealed record OptionPair(string Lesser, string Greater, int Share, int Gap);
