using System.Globalization;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>However the load program ends, its servers and their files end with it. Whatever ends them, it says so in one line.</summary>
public class EndingTests
{
    private const string LoadTests = "MuxChat.LoadTests.dll";

    [Theory]
    [InlineData("TERM", 143, "broadcast --transport tls --clients 5 --seconds 600")]
    [InlineData("INT", 130, "broadcast --transport tls --clients 5 --seconds 600", Traits = ["run", "deep"])]
    [InlineData("HUP", 129, "broadcast --clients 5 --seconds 600", Traits = ["run", "deep"])]
    [InlineData("TERM", 143, "compare --io epoll --with floor --scenarios broadcast --clients 5 --seconds 600", Traits = ["run", "deep"])]
    public void Signal_ends_the_server_and_takes_its_files_along(string signal, int exitCode, string arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "children are found in /proc");
        using var folder = new OutputFolder();
        using var program = Start(arguments, folder);
        program.Output.WaitFor(static line => line.Contains("log in", StringComparison.Ordinal));
        var servers = ChildrenOf(program.Id);
        Assert.NotEmpty(servers);
        program.Signal(signal);
        Assert.Equal(exitCode, program.WaitForExit());
        Guard.Until(() => !servers.Any(static id => Directory.Exists($"/proc/{id}")), "the servers have ended");
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "muxchat-*"));
    }

    [Fact]
    [Trait("run", "deep")]
    public void Server_that_is_killed_ends_the_run_with_one_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "children are found in /proc");
        using var folder = new OutputFolder();
        using var program = Start("broadcast --clients 5 --seconds 600", folder);
        program.Output.WaitFor(static line => line.Contains("deliveries/s", StringComparison.Ordinal));
        Kill(ChildrenOf(program.Id));
        Assert.Equal(1, program.WaitForExit());
        Assert.Contains("ended", Assert.Single(program.Errors.Lines), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("run", "deep")]
    public void Comparison_whose_server_is_killed_keeps_the_rounds_before_and_fails()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "children are found in /proc");
        using var folder = new OutputFolder();
        using var program = Start(
            $"compare --io epoll --scenarios broadcast --processors one --clients 5 --rounds 1000 --seconds 0.3 --warm 0 "
                + $"--json {folder.File("a.json")}", folder);
        program.Output.WaitFor(static line => line.Contains(", round ", StringComparison.Ordinal)
            && !line.Contains(", round 1,", StringComparison.Ordinal));

        // Each round has a server of its own, and one may just be ending: kill until a round has failed.
        while (!program.HasExited)
        {
            Kill(ChildrenOf(program.Id));
        }

        Assert.Equal(1, program.WaitForExit());
        var output = string.Join(' ', program.Output.Lines);
        Assert.Contains("AUDIT FAILED broadcast, epoll, 5 clients: ", output, StringComparison.Ordinal);
        Assert.Contains("comparison ended there", output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("a.json")), program.Describe());
    }

    [Theory]
    [InlineData("#!/bin/sh\necho 'no such option' >&2; exit 3", "no version: it is no MuxChat server")]
    [InlineData("#!/bin/sh\ncase $1 in --version) echo 9.9.9;; *) echo 'no such option' >&2; exit 3;; esac",
        "ended before it was ready: no such option")]
    [InlineData("#!/bin/sh\ncase $1 in --version) echo 9.9.9;; *) echo 'listening on foo'; echo 'ready: now'; sleep 600;; esac",
        "does not say where it listens: it is no MuxChat server")]
    [InlineData("hello", "cannot be started")]
    public void Program_that_is_no_server_is_named_and_leaves_nothing(string script, string said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs are shell scripts");
        using var folder = new OutputFolder();
        File.WriteAllText(folder.File("server"), script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File("server"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var run = RunOf("broadcast --transport tls --clients 5", folder, folder.File("server"));
        Assert.Equal(1, run.ExitCode);
        var line = Assert.Single(run.Errors);
        Assert.StartsWith(folder.File("server"), line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "muxchat-*"));
    }

    [Fact]
    public void More_clients_than_descriptors_are_refused_before_the_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit");
        var start = Programs.Command(["sh", "-c", "ulimit -n 400; exec \"$@\"", "sh", Programs.Dotnet, Programs.PathOf(LoadTests),
            "broadcast", "--clients", "201"]);
        var run = ProgramRun.Of(start, Guard.ProgramMs);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("201 clients: this process may open 400 descriptors (ulimit -n), and that is enough for 200", Assert.Single(run.Errors));
    }

    private static ProgramProcess Start(string arguments, OutputFolder temporary) => new(Programs.StartInfo(LoadTests, arguments.Split(' '),
        new Dictionary<string, string> { ["TMPDIR"] = temporary.Path }));

    private static ProgramRun RunOf(string arguments, OutputFolder temporary, string server) => ProgramRun.Of(
        Programs.StartInfo(LoadTests, arguments.Split(' '),
            new Dictionary<string, string> { ["TMPDIR"] = temporary.Path, [Programs.ServerVariable] = server }), Guard.ProgramMs);

    // Some may have ended by themselves.
    private static void Kill(IEnumerable<int> servers) => Shell($"kill -KILL {string.Join(' ', servers)} 2>&-; true");

    // By the parent's id: the fourth field of /proc/pid/stat. No program of ours has a space in its name, the second field.
    private static List<int> ChildrenOf(int parent) =>
    [
        .. Shell($"cat /proc/[0-9]*/stat 2>&- | awk '$4 == {parent} {{ print $1 }}'")
            .Select(static id => int.Parse(id, CultureInfo.InvariantCulture)),
    ];

    private static IReadOnlyList<string> Shell(string script) =>
        ProgramRun.Of(Programs.Command(["sh", "-c", script]), Guard.ProgramMs).Output;
}
