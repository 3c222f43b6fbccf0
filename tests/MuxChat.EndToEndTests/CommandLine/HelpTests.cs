using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>
/// What the built program says about itself. That the help names every option and its default is tested in process:
/// UnitTests, Server/OptionTests.
/// </summary>
public sealed class HelpTests
{
    [Fact]
    public void Help_is_on_standard_output_and_exits_0()
    {
        var ended = Muxchat.Run(["--help"]);
        Assert.Equal((0, 0), (ended.ExitCode, ended.Errors.Count));
        Assert.Contains(ended.Output, line => line.TrimStart().StartsWith("--listen <URI>  ", StringComparison.Ordinal));
        Assert.Contains(ended.Output, line => line.TrimStart().StartsWith("serve  ", StringComparison.Ordinal));
    }

    [Fact]
    public void Version_is_one_line()
    {
        var ended = Muxchat.Run(["--version"]);
        Assert.Equal(0, ended.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+(\+[0-9a-f]{7})?$", Assert.Single(ended.Output));
        Assert.Empty(ended.Errors);
    }
}
