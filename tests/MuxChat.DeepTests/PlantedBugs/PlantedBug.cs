namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>A mistake put into the production sources on purpose, to see that the simulation finds it.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="File">The file that is spoilt, from its project's folder on.</param>
/// <param name="Find">The text that is replaced. The file has it exactly once.</param>
/// <param name="Replacement">The text that replaces it.</param>
/// <param name="Check">The one check that must find the mistake.</param>
public sealed record PlantedBug(string Name, string File, string Find, string Replacement, string Check)
{
    /// <summary>The project that is spoilt.</summary>
    public string Project { get; init; } = "MuxChat.Core";

    /// <summary>Further changes that belong to it, where one alone does no harm: file, text, replacement.</summary>
    public IReadOnlyList<(string File, string Find, string Replacement)> Also { get; init; } = [];

    /// <summary>All changes, each of another file.</summary>
    public IEnumerable<(string File, string Find, string Replacement)> Changes => [(File, Find, Replacement), .. Also];

    /// <summary>
    /// The first seed that is tried. Another than 1 only saves time: the mistake is rare, and a seed that
    /// finds it comes soon after this one.
    /// </summary>
    public long FromSeed { get; init; } = 1;

    /// <summary>
    /// Every seed that fails is failed by <see cref="Check"/>: without that check this mistake would not be seen where it is seen now.
    /// </summary>
    public bool IsOnlyFinder { get; init; }

    public override string ToString() => Name;
}
