namespace MuxChat.Fuzz.Tests;

/// <summary>The command line: what it prints, and its exit codes.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--decoder", "nothing")]
    [InlineData("--inputs", "0")]
    [InlineData("--inputs", "many")]
    [InlineData("--inputs", "-1")]
    [InlineData("--seed", "x")]
    [InlineData("--first", "-1")]
    [InlineData("--threads", "0")]
    [InlineData("--threads", "257")]
    [InlineData("--inputs")]
    [InlineData("--colour", "red")]
    [InlineData("line")]
    public void Wrong_option_is_one_line_and_exit_2(params string[] args)
    {
        var (exitCode, output, errors) = Run(args);
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Single(errors);
    }

    [Fact]
    public void Run_says_what_it_did_and_exits_0()
    {
        var (exitCode, output, errors) = Run("--decoder", "frame", "--inputs", "1000", "--seed", "5", "--threads", "2");
        Assert.Equal(0, exitCode);
        Assert.Empty(errors);
        Assert.Matches(@"^frame: 1,000 inputs, [\d,]+ bytes, seed 5, \d+\.\d s: nothing wrong$", Assert.Single(output));
    }

    [Fact]
    public void Run_without_a_decoder_takes_all()
    {
        var (exitCode, output, _) = Run("--inputs", "200");
        Assert.Equal(0, exitCode);
        Assert.Equal(Targets.AllTargets.ByName.Keys, output.Select(line => line.Split(':')[0]));
    }

    [Fact]
    public void Help_names_every_option_and_decoder()
    {
        var (exitCode, output, _) = Run("--help");
        var help = string.Join('\n', output);
        Assert.Equal(0, exitCode);
        Assert.All((string[])["--decoder", "--inputs", "--seed", "--first", "--threads", .. Targets.AllTargets.ByName.Keys], word => Assert.Contains(word, help, StringComparison.Ordinal));
    }

    private static (int ExitCode, string[] Output, string[] Errors) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = FuzzCommandLine.Run(args, output, errors);
        return (exitCode, Lines(output), Lines(errors));
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
