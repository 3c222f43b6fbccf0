using MuxChat.Simulation.Running;
using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Seeds;

/// <summary>Many seeds of the simulation, in a process of its own: the default run tries 1,000 of them.</summary>
[Trait("run", "deep")]
public sealed class SeedTests
{
    private const int Seeds = 20_000;

    [Fact]
    public void Production_code_over_20000_seeds_fails_none_and_comes_to_everything()
    {
        var run = ProgramRun.Of("MuxChat.Simulation.dll", "simulate", "--seeds", $"{Seeds}");
        Assert.True(run.ExitCode == 0,
            $"A seed failed. Again: dotnet run -c Release --project tests/MuxChat.Simulation -- simulate --seeds {Seeds}\n{run}");
        Assert.Matches($@"^{Seeds} seeds and \d+ listed, 0 failed, ", run.Output[^1]);

        // What is never met is never checked.
        var met = run.Output.Single(static line => line.StartsWith("reached: ", StringComparison.Ordinal))["reached: ".Length..]
            .Split(", ")
            .Select(static one => one.Split(' '))
            .ToDictionary(static one => one[0], static one => one[1]);
        Assert.All(Enum.GetNames<Milestone>(), milestone => Assert.True(met[milestone] != "0", $"no run came to {milestone}"));
    }
}
