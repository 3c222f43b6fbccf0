namespace MuxChat.Simulation.Running;

/// <summary>How a run failed.</summary>
/// <param name="Check">Which check.</param>
/// <param name="Message">What was expected and seen.</param>
internal sealed record Failure(string Check, string Message);
