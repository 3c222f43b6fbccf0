using System.Globalization;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>The script of <c>loadtests/floor</c>, which compares the server with a bare C broadcaster.</summary>
[Trait("run", "deep")]
[Collection(Alone.Name)]
public sealed class FloorTests
{
    private static readonly string[] Tiny =
        ["--io", "epoll,select", "--clients", "10", "--window", "4", "--rounds", "1", "--seconds", "2", "--warm", "0.1"];

    [Fact]
    public void Comparison_with_a_tiny_load_prints_a_row_for_each_model()
    {
        var run = Compare([.. Tiny, "--server", Programs.PathOf("muxchat.dll")]);
        Assert.True(run.ExitCode == 0, run.ToString());
        var rows = run.Output.Where(static line => line.StartsWith('|'))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]).ToList();
        Assert.Equal(["io", "---", "epoll", "select"], rows.Select(static row => row[0]));
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        var ratio = Array.IndexOf(rows[0], "ratio");
        Assert.All(rows[2..], row => Assert.True(double.Parse(row[ratio], CultureInfo.InvariantCulture) > 0, run.ToString()));
    }

    [Fact]
    public void Comparison_over_a_unix_socket_is_a_row_of_its_own()
    {
        var run = Compare([.. Tiny, "--transport", "tcp,unix", "--io", "epoll", "--server", Programs.PathOf("muxchat.dll")]);
        Assert.True(run.ExitCode == 0, run.ToString());
        var rows = run.Output.Where(static line => line.StartsWith("| epoll", StringComparison.Ordinal));
        Assert.Equal(["tcp", "unix"], rows.Select(static line => line.Split('|', StringSplitOptions.TrimEntries)[2]));
    }

    [Theory]
    [InlineData(2, "--rounds x: a number from 1 is needed", "--rounds", "x")]
    [InlineData(2, "--transport udp: tcp or unix is needed", "--transport", "tcp,udp")]
    [InlineData(2, "unknown option: --round", "--round", "1")]
    [InlineData(2, "--io needs a value", "--io")]
    [InlineData(1, "there is no /nothing/muxchat", "--server", "/nothing/muxchat")]
    [InlineData(1, "this did not start: ", "--io", "poll", "--clients", "10", "--rounds", "1", "--seconds", "1", "--warm", "0")]
    public void Comparison_that_cannot_be_made_says_why(int exitCode, string says, params string[] arguments)
    {
        string[] server = arguments.Contains("--server") ? [] : ["--server", Programs.PathOf("muxchat.dll")];
        var run = Compare([.. server, .. arguments]);
        Assert.True(run.ExitCode == exitCode, run.ToString());
        Assert.Contains(says, run.ErrorText, StringComparison.Ordinal);
    }

    private static ProgramRun Compare(IEnumerable<string> arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the floor needs epoll");
        Assert.SkipUnless(Programs.IsInPath("gcc"), "there is no gcc to build the floor with");
        var script = Path.Combine(Repository.Root, "loadtests/floor/compare.sh");
        return ProgramRun.Of(Programs.Command(["bash", script, .. arguments]), Guard.ProgramMs);
    }
}
