namespace MuxChat.UnitTests.Simulation;

/// <summary>The command line of the simulation, the fuzzer and the crash campaign: what it prints, and its exit codes.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("simulate --sedes 5", "--sedes")]
    [InlineData("simulate --seeds five", "--seeds five: it takes a whole number from 1")]
    [InlineData("simulate --seeds 0", "--seeds 0: it takes a whole number from 1")]
    [InlineData("simulate --from -1", "--from -1: it takes a whole number from 0")]
    [InlineData("simulate --seed -1", "--seed -1: it takes a whole number from 0")]
    [InlineData("simulate --reports -1", "--reports -1: it takes a whole number from 0")]
    [InlineData("simulate --jobs 0", "--jobs 0: it takes a whole number from 1 to 1024")]
    [InlineData("simulate --trace", "--trace goes with --seed")]
    [InlineData("simulate --stop-after 0", "--stop-after 0: it takes a whole number from 1")]
    [InlineData("simulate --check nothing", "nothing")]
    [InlineData("simulate --check", "--check")]
    [InlineData("simulate --seed 5 --check views", "--check goes with --seeds")]
    [InlineData("simulate more", "more")]
    [InlineData("fuzz --decoder nothing", "nothing")]
    [InlineData("fuzz --inputs 0", "--inputs 0: it takes a whole number from 1")]
    [InlineData("fuzz --inputs many", "--inputs many: it takes a whole number from 1")]
    [InlineData("fuzz --inputs -1", "--inputs -1: it takes a whole number from 1")]
    [InlineData("fuzz --seed x", "--seed x: it takes a whole number from 0")]
    [InlineData("fuzz --first -1", "--first -1: it takes a whole number from 0")]
    [InlineData("fuzz --threads 0", "--threads 0: it takes a whole number from 1 to 256")]
    [InlineData("fuzz --threads 257", "--threads 257: it takes a whole number from 1 to 256")]
    [InlineData("fuzz --inputs", "--inputs")]
    [InlineData("fuzz --colour red", "--colour")]
    [InlineData("fuzz line", "line")]
    [InlineData("crash --rounds 0", "--rounds 0: it takes a whole number from 1")]
    [InlineData("crash --io uring", "uring")]
    [InlineData("crash --durability much", "much")]
    [InlineData("--seeds 5", "")]
    [InlineData("", "")]
    public void Wrong_command_line_exits_2_with_one_line(string arguments, string said)
    {
        var run = InProcess.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains(said, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Range_without_failures_exits_0_and_ends_with_a_summary()
    {
        var run = InProcess.Run("simulate", "--seeds", "20", "--from", "300");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches(@"^20 seeds and \d+ listed, 0 failed, \d+ ticks, [\d.]+ s, hash [0-9a-f]{16}$", run.Output[^1]);
    }

    [Fact]
    public void Range_without_the_listed_seeds_runs_none_of_them()
    {
        var run = InProcess.Run("simulate", "--seeds", "5", "--unlisted", "--check", "views", "--stop-after", "2");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.StartsWith("5 seeds and 0 listed, 0 failed, ", run.Output[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Fuzz_of_one_decoder_says_what_it_did_and_exits_0()
    {
        var run = InProcess.Run("fuzz", "--decoder", "frame", "--inputs", "1000", "--seed", "5", "--threads", "2");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Errors);
        Assert.Matches(@"^frame: 1,000 inputs, [\d,]+ bytes, seed 5, \d+\.\d s: nothing wrong$", Assert.Single(run.Output));
    }

    [Fact]
    public void Fuzz_without_a_decoder_takes_all()
    {
        var run = InProcess.Run("fuzz", "--inputs", "200");
        Assert.Equal(0, run.ExitCode);
        var targets = run.Output.Where(static line => !line.StartsWith(' ')).Select(static line => line.Split(':')[0]);
        Assert.Equal(MuxChat.Simulation.Fuzz.Targets.AllTargets.ByName.Keys, targets);
    }

    [Theory]
    [InlineData("simulate", "--seeds --from --seed --trace --check --unlisted --stop-at-first --stop-after --reports --jobs")]
    [InlineData("fuzz", "--decoder --inputs --seed --first --threads")]
    [InlineData("crash", "--rounds --seed --clients --most-lines --io --durability --data")]
    [InlineData("", "simulate fuzz crash")]
    public void Help_exits_0_and_names_every_option(string command, string options)
    {
        var run = InProcess.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.All(options.Split(' '),
            option => Assert.Contains(run.Output, line => line.TrimStart().StartsWith(option, StringComparison.Ordinal)));
    }
}
