using System.Collections;
using MuxChat.Core.Chat.Text;

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
            .Select(variable => (variable.Key, Spelling.Nearest(variable.Key.ToUpperInvariant(), known)))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal);
    }
}
