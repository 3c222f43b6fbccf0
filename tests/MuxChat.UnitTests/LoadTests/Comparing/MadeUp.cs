using MuxChat.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Comparing;

/// <summary>Rows of a comparison that never was.</summary>
internal static class MadeUp
{
    /// <summary>A row of the broadcast with three rounds: 10% below a value, the value, and 10% above it.</summary>
    public static ComparisonRow Row(int clients, string io, double perCpuSecond, double memory = 40, int threads = 3, int processors = 1) =>
        Row("broadcast", clients, io, ("deliveries/cpu-s", perCpuSecond), ("deliveries/s", perCpuSecond / 2), ("p99", 6.7),
            ("memory", memory), ("threads", threads)) with
        { Processors = processors, IsOnAll = processors > 1 };

    public static ComparisonRow Row(string scenario, int clients, string io, params (string Figure, double Median)[] values) => new()
    {
        Scenario = scenario,
        Clients = clients,
        Io = io,
        Values = values.ToDictionary(
            static pair => pair.Figure,
            static pair => (IReadOnlyList<double>)[pair.Median * 1.1, pair.Median * 0.9, pair.Median]),
    };

    /// <summary>The same row, as one round alone would have it.</summary>
    public static ComparisonRow OneRound(ComparisonRow row) => row with
    {
        Values = row.Values.ToDictionary(static pair => pair.Key, static pair => (IReadOnlyList<double>)[pair.Value[^1]]),
    };
}
