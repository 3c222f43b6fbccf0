using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server;

/// <summary>The options of the admin's commands: what is wrong is one line and exit code 2.</summary>
public sealed class CommandOptionTests
{
    private const string Date = "now=/bin/date";

    [Theory]
    [InlineData("--command up: it takes NAME=/ABSOLUTE/PATH", "--command", "up")]
    [InlineData("--command up=date: the path date must be absolute", "--command", "up=date")]
    [InlineData("--command up: there is no file /bin/none-such", "--command", "up=/bin/none-such")]
    [InlineData("--command up: /bin is a directory, and no program", "--command", "up=/bin")]
    [InlineData("--command up: /bin/ is a directory, and no program", "--command", "up=/bin/")]
    [InlineData("--command up: /dev/null is not executable", "--command", "up=/dev/null")]
    [InlineData("--command up: /etc/passwd is not executable", "--command", "up=/etc/passwd")]
    [InlineData("--command now=/bin/date {[}: the pattern {[}: a [ has no ]", "--command", "now=/bin/date {[}")]
    [InlineData("--command now is given twice: once is enough", "--command", Date, "--command", Date)]
    [InlineData("--command up=/bin/true {: the word { begins with { and must end with }", "--command", "up=/bin/true {")]
    [InlineData("--command-for all: it takes operators, members", "--command", Date, "--command-for", "all")]
    [InlineData("--command-s 0: it takes a whole number from 1 to 3600", "--command", Date, "--command-s", "0")]
    [InlineData("--command-output-kb 65537: it takes a whole number from 1 to 65536", "--command", Date, "--command-output-kb", "65537")]
    [InlineData("--command-s does nothing without --command", "--command-s", "5")]
    [InlineData("--command-for does nothing without --command", "--command-for", "members")]
    [InlineData("--listen exec://127.0.0.1:0 does nothing without --command", "--listen", "exec://127.0.0.1:0")]
    [InlineData("--listen exec://0.0.0.0:0: exec asks for no login", "--command", Date, "--listen", "exec://0.0.0.0:0")]
    [InlineData("--listen exec://[::]:0: exec asks for no login", "--command", Date, "--listen", "exec://[::]:0?header=le32")]
    [InlineData("--listen exec://0.0.0.0:0: exec asks for no password", "--command", Date, "--listen", "exec://0.0.0.0:0",
        "--command-for", "members", "--password", "x")]
    [InlineData("header takes be32 or le32", "--command", Date, "--listen", "exec://127.0.0.1:0?header=be16")]
    public void Mistake_is_one_line_and_exit_code_2(string says, params string[] arguments) =>
        Assert.Contains(says, CommandLineRun.Of(arguments).ExpectMistake(), StringComparison.Ordinal);

    [Fact]
    public void Link_to_nothing_is_a_mistake_and_a_link_to_a_program_is_none()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "--command is for Unix");
        using var folder = new DataFolder();
        var (none, good) = (Path.Combine(folder.Path, "none"), Path.Combine(folder.Path, "good"));
        File.CreateSymbolicLink(none, "/bin/none-such");
        File.CreateSymbolicLink(good, "/bin/date");
        Assert.Contains($"--command up: {none} is a link to /bin/none-such, which does not exist",
            CommandLineRun.Of("--command", $"up={none}").ExpectMistake(), StringComparison.Ordinal);
        Assert.Equal(good, Assert.Single(CommandLineRun.Of("--command", $"up={good}").Served!.Commands).Path);
    }

    [Fact]
    public void Exec_listener_beyond_this_machine_is_for_members()
    {
        var served = CommandLineRun.Of("--command", Date, "--command-for", "members", "--listen", "exec://0.0.0.0:0").Served!;
        Assert.True(served.AreCommandsForMembers);
        Assert.Equal("exec", Assert.Single(served.Listen).Service);
    }

    [Theory]
    [InlineData("exec://127.0.0.1:0", "exec")]
    [InlineData("exec://localhost:0", "exec")]
    [InlineData("exec://[::1]:0?header=le32", "exec?header=le32")]
    [InlineData("exec+unix:///tmp/x", "exec")]
    public void Exec_listener_of_this_machine_serves_operators_too(string uri, string service)
    {
        var served = CommandLineRun.Of("--command", Date, "--listen", uri).Served!;
        Assert.Equal((service, false), (Assert.Single(served.Listen).Service, served.AreCommandsForMembers));
    }

    [Fact]
    public void Variable_holds_one_command_on_each_line()
    {
        var served = CommandLineRun.Of([], new Dictionary<string, string> { ["MUXCHAT_COMMAND"] = "now=/bin/date -u\nls=/bin/ls {/.*}\n" });
        Assert.Equal(["now /bin/date ", "ls /bin/ls {/.*}"],
            served.Served!.Commands.Select(static one => $"{one.Name} {one.Path} {one.Syntax}"));
    }
}
