using MuxChat.Simulation.Checks;

namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes in running the admin's programs.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Runs { get; } =
    [
        new("a program runs on for a client that is gone", "Protocols/RunAnswer.cs",
            "    public void Abandon() => run.Cancel();",
            "    public void Abandon()\n    {\n    }",
            CheckNames.Runs)
        { IsOnlyFinder = true },
        new("a program gets more arguments than it takes", "Chat/Operators/AllowedProgram.cs",
            "        if (next < arguments.Count)",
            "        if (next > arguments.Count)",
            CheckNames.Runs),
        new("standard error is shown as output", "Protocols/Line/LineRunWriter.cs",
            "_lines.Add(stream, bytes);",
            "_lines.Add(ProgramStream.Output, bytes);",
            CheckNames.Runs),
        new("the last line of an output without an end is lost", "Protocols/ShownOutput.cs",
            "            if (line.Length > 0)",
            "            if (line.Length > MaxLineBytes)",
            CheckNames.Runs),
        new("the end of a program is told before the last of its output", "Protocols/RunAnswer.cs",
            "            if (!run.TryTake(out _block))",
            "            if (end is not null || !run.TryTake(out _block))",
            CheckNames.Runs),
    ];
}
