namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>A mistake put into the production sources on purpose, to see that the simulation finds it.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="File">Where, from its project's folder on.</param>
/// <param name="Find">The text that stands there; exactly once.</param>
/// <param name="Replacement">What stands there instead.</param>
/// <param name="Checks">The check that must fail; where chance decides which of several sees it first, all of them.</param>
public sealed record PlantedBug(string Name, string File, string Find, string Replacement, params string[] Checks)
{
    /// <summary>The project that is spoilt.</summary>
    public string Project { get; init; } = "MuxChat.Core";

    public override string ToString() => Name;
}
