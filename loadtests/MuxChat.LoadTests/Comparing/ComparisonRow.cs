using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Comparing;

/// <summary>One scenario with one number of clients under one I/O model (or another server), over all rounds.</summary>
internal sealed record ComparisonRow
{
    public required string Scenario { get; init; }

    public required int Clients { get; init; }

    /// <summary>The I/O model, or the name of another server.</summary>
    public required string Io { get; init; }

    /// <summary>Whether the server was given all processors on purpose.</summary>
    public bool IsOnAll { get; init; }

    /// <summary>How many processors the server could use.</summary>
    public int Processors { get; init; } = 1;

    /// <summary>Each figure's value in each round, by the figure's name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Values { get; init; }

    /// <summary>The spread of a figure; null when it was not measured.</summary>
    public Spread? Of(string figure) => Values.TryGetValue(figure, out var values) && values.Count > 0 ? Spread.Of(values) : null;

    /// <summary>Those on one processor; all of them, when none is.</summary>
    public static IReadOnlyList<ComparisonRow> OnOneProcessor(IEnumerable<ComparisonRow> rows)
    {
        var all = rows.ToList();
        return all.Exists(static row => !row.IsOnAll) ? [.. all.Where(static row => !row.IsOnAll)] : all;
    }

    public static ComparisonRow Of(IReadOnlyList<RunResult> rounds) => new()
    {
        Scenario = rounds[0].Scenario,
        Clients = rounds[0].Clients,
        Io = rounds[0].Io,
        IsOnAll = rounds[0].IsOnAll,
        Processors = rounds[0].Processors,
        Values = Figure.Measured
            .Select(figure => (figure.Name, Values: (IReadOnlyList<double>)[.. rounds.Select(figure.Of).OfType<double>()]))
            .Where(static pair => pair.Values.Count > 0)
            .ToDictionary(static pair => pair.Name, static pair => pair.Values),
    };
}
