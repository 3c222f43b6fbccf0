using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>What the program says about itself.</summary>
public sealed class HelpTests
{
    [Fact]
    public void Help_names_every_option_with_its_default_and_the_command()
    {
        var ended = Muxchat.Run(["--help"]);
        Assert.Equal(0, ended.ExitCode);
        Assert.Empty(ended.Errors);
        foreach (var option in (string[])["--listen <URI>", "--io <MODEL>", "--room <NAME>", "--motd <FILE>", "--flood <on|off>", "-v, --log-level <LEVEL>",
            "--max-clients <N>", "--max-line-bytes <N>", "--max-frame-bytes <N>", "--max-rooms <N>", "--max-rooms-per-client <N>", "--flood-burst <N>",
            "--flood-rate <N>", "--idle-ping-s <N>", "--idle-close-s <N>", "--outbox-hard-bytes <N>", "--outbox-soft-bytes <N>", "--outbox-soft-s <N>",
            "--accepts-per-tick <N>", "--read-bytes-per-tick <N>", "--coalesce-us <N>", "--max-per-ip <N>", "--connect-rate <N>", "--limit-loopback <on|off>",
            "--max-queued-mb <N>", "--flood-error-cost <N>", "--max-errors-in-row <N>", "--password <PASSWORD>", "--oper <NAME:HASH>"])
        {
            var line = Assert.Single(ended.Output, line => line.TrimStart().StartsWith(option, StringComparison.Ordinal));
            Assert.Matches(@"\[default: .+\]$", line);
        }

        Assert.Contains(ended.Output, line => line.Contains("--version", StringComparison.Ordinal));
        Assert.Contains(ended.Output, line => line.TrimStart().StartsWith("serve  ", StringComparison.Ordinal));
        Assert.Contains(ended.Output, line => line.TrimStart().StartsWith("hash  ", StringComparison.Ordinal));
    }

    [Fact]
    public void Help_of_the_command_is_the_same_list()
    {
        var root = Muxchat.Run(["--help"]).Output.Where(line => line.TrimStart().StartsWith("--", StringComparison.Ordinal)).Except(["--version"]);
        var serve = Muxchat.Run(["serve", "--help"]);
        Assert.Equal(0, serve.ExitCode);
        Assert.Empty(root.Where(line => !line.Contains("--version", StringComparison.Ordinal)).Select(OptionOf).Except(serve.Output.Select(OptionOf)));
    }

    [Fact]
    public void Version_is_one_line()
    {
        var ended = Muxchat.Run(["--version"]);
        Assert.Equal(0, ended.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+$", Assert.Single(ended.Output));
        Assert.Empty(ended.Errors);
    }

    private static string OptionOf(string line) => line.Trim().Split("  ")[0];
}
