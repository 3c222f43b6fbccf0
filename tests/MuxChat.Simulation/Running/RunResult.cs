namespace MuxChat.Simulation.Running;

/// <summary>One run of one seed.</summary>
/// <param name="Seed">Which.</param>
/// <param name="Hash">Over all steps and bytes.</param>
/// <param name="Ticks">Turns of the loop.</param>
/// <param name="Failure">How it failed; null when it did not.</param>
/// <param name="Lines">The steps, if they were kept.</param>
/// <param name="Milestones">What it came to.</param>
internal sealed record RunResult(ulong Seed, ulong Hash, int Ticks, Failure? Failure, IReadOnlyList<TraceLine> Lines,
    Milestones Milestones);
