using System.CommandLine;
using System.Globalization;

namespace MuxChat.Server.Options;

/// <summary>One option of <c>muxchat serve</c>: a row of <see cref="OptionTable"/>.</summary>
/// <remarks>The row supplies the help, the environment variable, the error messages, and the row of docs/LIMITS.md.</remarks>
internal sealed record OptionRow
{
    /// <summary>The heading of docs/LIMITS.md that lists the option.</summary>
    public required string Group { get; init; }

    /// <summary>The name with its dashes.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the value in the help.</summary>
    public required string ValueName { get; init; }

    /// <summary>The default as the user would write it, or <c>none</c>.</summary>
    public required string Default { get; init; }

    /// <summary>The text of the help, without the default.</summary>
    public required string Help { get; init; }

    /// <summary>The text of docs/LIMITS.md: the bounded quantity, the effect of the limit, and the reason.</summary>
    public required string Bounds { get; init; }

    /// <summary>Checks the given value and returns the options with it.</summary>
    public required Setter Set { get; init; }

    /// <summary>The range of a numeric option; null for other options.</summary>
    public NumberRange? Number { get; init; }

    /// <summary>The words that the option accepts; empty if it accepts other values.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Another name; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether the option may be given without a value.</summary>
    public bool MayLackValue { get; init; }

    /// <summary>Another option, with the name of its value, without which this option has no effect; null for none.</summary>
    public string? Needs { get; init; }

    /// <summary>The environment variable that supplies the value if the command line does not: <c>MUXCHAT_</c> and the name.</summary>
    public string Variable => "MUXCHAT_" + Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    /// <summary>Creates the parser's option. Each command line needs a new one, because the parser writes to it.</summary>
    public Option<string[]> ToOption() => new(Name, Alias is null ? [] : [Alias])
    {
        HelpName = ValueName,
        Description = $"{Help} [default: {Default}]",

        // With ZeroOrOne the parser would expect a single value instead of an array, and refuse every value.
        Arity = MayLackValue ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Creates a row whose value is a whole number.</summary>
    /// <param name="group">See <see cref="Group"/>.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="min">The lowest number accepted.</param>
    /// <param name="max">The highest number accepted.</param>
    /// <param name="help">See <see cref="Help"/>.</param>
    /// <param name="bounds">See <see cref="Bounds"/>.</param>
    /// <param name="get">Reads the number from the options, in the unit of this option. Applied
    /// to new options, it gives the default.</param>
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

    /// <summary>Returns the options with the value of one row.</summary>
    /// <exception cref="StartupException">The value is wrong.</exception>
    public delegate ServerOptions Setter(ServerOptions served, OptionRow row, OptionValues values);

    /// <summary>The range of a numeric option.</summary>
    /// <param name="Min">The lowest number accepted.</param>
    /// <param name="Max">The highest number accepted.</param>
    /// <param name="Get">Reads the number from the options, in the unit of the option.</param>
    public sealed record NumberRange(int Min, int Max, Func<ServerOptions, long> Get);
}

/// <summary>
/// Two numeric options, the lesser of which must stay below the greater. When only one is given, the other's default adapts.
/// </summary>
/// <param name="Lesser">The option that must stay below.</param>
/// <param name="Greater">The option that must stay above.</param>
/// <param name="Share">The greater divided by this gives an adapted lesser. The lesser times this gives an adapted greater.</param>
/// <param name="Gap">The least difference between the two.</param>
internal sealed record OptionPair(string Lesser, string Greater, int Share, int Gap);
