namespace MuxChat.LoadTests.Reports;

/// <summary>
/// One bar of a chart: its group, its name in the group, its value, and from where to where it was spread (both 0 for no spread).
/// </summary>
internal sealed record Bar(string Group, string Name, double Value, double Least, double Most);
