namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>A mark on an axis.</summary>
internal sealed record Tick(double Value, string Label);
