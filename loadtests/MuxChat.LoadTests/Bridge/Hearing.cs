namespace MuxChat.LoadTests.Bridge;

/// <summary>
/// What became of a line: whether all heard it in time, how many did, and how long it took the last of them, from the moment it was due.
/// </summary>
internal sealed record Hearing(bool IsComplete, int Heard, double LatencyMs);
