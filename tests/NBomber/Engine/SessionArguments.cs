using System.Text.Json;

namespace NBomber.Engine;

/// <summary>The package's own arguments: those that the stand-in heeds, and some that it ignores. Any other is a mistake.</summary>
internal sealed record SessionArguments
{
    private static readonly string[] Ignored = ["infra", "display-console-metrics"];

    public string SessionId { get; private init; } = $"{DateTime.UtcNow:yyyy-MM-dd_HH.mm.ss}";

    public string? TestSuite { get; private init; }

    public string? TestName { get; private init; }

    public string? License { get; private init; }

    /// <summary>The scenarios to run; null for all.</summary>
    public IReadOnlyList<string>? Target { get; private init; }

    /// <summary>Reads <c>--name=value</c> and <c>--name value</c>.</summary>
    public static SessionArguments Parse(string[] args)
    {
        var found = new SessionArguments();
        for (var i = 0; i < args.Length; i++)
        {
            var pair = args[i].Split('=', 2);
            var value = pair.Length == 2 ? pair[1]
                : ++i < args.Length ? args[i] : throw new InvalidOperationException($"{pair[0]}: no value");
            found = found.With(pair[0].TrimStart('-'), value);
        }

        return found;
    }

    private SessionArguments With(string name, string value) => name switch
    {
        "session-id" => this with { SessionId = value },
        "test-suite" => this with { TestSuite = value },
        "test-name" => this with { TestName = value },
        "license" => this with { License = value },
        "target" => this with { Target = [.. (Target ?? []), value] },
        "config" => WithConfig(value),
        _ => Ignored.Contains(name) ? this : throw new InvalidOperationException($"unknown argument: {name}"),
    };

    private SessionArguments WithConfig(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return json.RootElement.TryGetProperty("TargetScenarios", out var target)
            ? this with { Target = [.. target.EnumerateArray().Select(static one => one.GetString()!)] }
            : this;
    }
}
