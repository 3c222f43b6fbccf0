using System.Globalization;
using MuxChat.Simulation.Fuzz.Targets;
using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Fuzz;

/// <summary>
/// A long run of the fuzzer on every target, with another seed than the default run, each in a process of its own: only there can it be
/// measured whether the run holds more and more memory.
/// </summary>
[Trait("run", "deep")]
public sealed class FuzzProgramTests
{
    private const int Inputs = 50_000;

    // A whole conversation, several times for each input, takes longer.
    private const int Clients = 15_000;
    private const int Seed = 2;

    public static TheoryData<string> Targets { get; } = [.. AllTargets.ByName.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_holds_against_strangers_and_holds_no_memory(string target)
    {
        var inputs = target == "conversation" ? Clients : Inputs;
        string[] arguments = ["fuzz", "--decoder", target, "--inputs", $"{inputs}", "--seed", $"{Seed}"];
        var run = ProgramRun.Of("MuxChat.Simulation.dll", arguments);
        Assert.True(run.ExitCode == 0,
            $"{target} failed. Again: dotnet run -c Release --project tests/MuxChat.Simulation -- {string.Join(' ', arguments)}\n{run}");
        var done = string.Create(CultureInfo.InvariantCulture, $"{target}: {inputs:N0} inputs, ");
        Assert.Contains(run.Output,
            line => line.StartsWith(done, StringComparison.Ordinal) && line.EndsWith("nothing wrong", StringComparison.Ordinal));
    }
}
