using System.Collections;

namespace MuxChat.Server.Options;

/// <summary>The environment variables that supply options, and those that look like them.</summary>
internal sealed class Variables
{
    private const string Prefix = "MUXCHAT_";

    // The system decides about case: Windows ignores it in variables' names.
    private static readonly StringComparer Names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private readonly Dictionary<string, string> _values;

    /// <summary>Creates a set from variables' names and values.</summary>
    public Variables(IEnumerable<KeyValuePair<string, string>> values) => _values = new Dictionary<string, string>(values, Names);

    /// <summary>Returns the variables of this process.</summary>
    public static Variables OfProcess() => new(Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));

    /// <summary>Returns the value of a variable; null when it is not set.</summary>
    public string? ValueOf(string name) => _values.GetValueOrDefault(name);

    /// <summary>
    /// Returns the non-empty variables that begin like an option's and belong to no option, each with the most similar known name.
    /// </summary>
    public IEnumerable<(string Name, string Nearest)> Unknown(IEnumerable<OptionRow> options)
    {
        var known = options.Select(option => option.Variable).ToList();
        return _values
            .Where(variable => variable.Value.Length > 0 && variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && !known.Contains(variable.Key, Names))
            .Select(variable => (variable.Key, known.MinBy(name => Distance(variable.Key.ToUpperInvariant(), name))!))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal);
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
