using System.Diagnostics;
using System.Text;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Metrics;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server.Running;

/// <summary>Real programs: what they get, what they may do, and that nothing of them is left.</summary>
public sealed class ProgramRunnerTests : ProgramPlay
{
    [Theory]
    [InlineData("echo hello; echo wrong >&2; exit 3", "hello\n", "wrong\n", 3, 0)]
    [InlineData("exit 255", "", "", 255, 0)]
    [InlineData("kill -TERM $$", "", "", -1, 15)]
    [InlineData("kill -KILL $$", "", "", -1, 9)]
    [InlineData("pwd; env | grep -v -e ^PWD= -e ^SHLVL= -e ^_=; true", "/\n", "", 0, 0)]
    [InlineData("readlink /proc/$$/fd/0; cat", "/dev/null\n", "", 0, 0)]
    [InlineData("exec 0<&- 1>&- 2>&-; sleep 0.1; exit 4", "", "", 4, 0)]
    [InlineData("trap", "", "", 0, 0)]
    public void Program_gets_nothing_of_the_server_and_its_streams_exit_code_and_signal_are_told(
        string script, string output, string errors, int exitCode, int signal)
    {
        var taken = Finish(Start(Runner(), script));
        Assert.Equal((output, errors, exitCode, signal, RunFault.None),
            (taken.Output, taken.Errors, taken.End.ExitCode, taken.End.Signal, taken.End.Fault));
    }

    [Fact]
    public void Program_inherits_no_descriptor()
    {
        using var open = File.OpenRead("/etc/passwd");
        var listed = Finish(Start(Runner(), "ls /proc/$$/fd")).Output;
        Assert.Equal("0\n1\n2\n", listed.Replace("10\n", "", StringComparison.Ordinal).Replace("255\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Signals_that_the_server_ignores_end_a_program_as_usual()
    {
        // The runtime ignores SIGPIPE, and a program would inherit that. The C library keeps two signals for itself, 32 and 33.
        var taken = Finish(Start(Runner(), "grep -E '^Sig(Blk|Ign):' /proc/self/status"));
        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n",
            taken.Output.Replace("180000000", "000000000", StringComparison.Ordinal));
    }

    [Fact]
    public void Ten_megabytes_arrive_whole_although_they_are_taken_slowly()
    {
        const int Bytes = 10_000_000;
        var run = Start(Runner(outputBytes: 11L * 1024 * 1024), $"head -c {Bytes} /dev/zero");
        Guard.Until(() => run.IsReady, "output");
        var taken = Finish(run);
        Assert.Equal((Bytes, Bytes, 0), (taken.Output.Length, (int)taken.End.OutputBytes, taken.End.ExitCode));
    }

    [Fact]
    public void Collected_output_is_taken_at_the_end_errors_first()
    {
        var run = Start(Runner(), "for i in 1 2 3; do echo o$i; echo e$i >&2; done", isCollected: true);
        Guard.Until(() => run.End is not null, "the end");
        Assert.True(run.TryTake(out var first));
        Assert.Equal((ProgramStream.Error, "e1\ne2\ne3\n"), (first.Stream, Encoding.UTF8.GetString(first.Bytes.Span)));
        Assert.True(run.TryTake(out var second));
        Assert.Equal((ProgramStream.Output, "o1\no2\no3\n"), (second.Stream, Encoding.UTF8.GetString(second.Bytes.Span)));
        Assert.False(run.TryTake(out _));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("yes >&2")]
    [InlineData("yes & yes >&2")]
    public void Program_that_writes_too_much_is_ended_and_everything_up_to_the_limit_arrives(string script)
    {
        var taken = Finish(Start(Runner(outputBytes: 100_000), script));
        Assert.Equal((RunFault.OutputLimit, 100_000), (taken.End.Fault, taken.Output.Length + taken.Errors.Length));
        Assert.Contains("the rest is missing", taken.End.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void Program_that_takes_too_long_is_ended_with_its_grandchild_that_ignores_signals()
    {
        var file = Path.Combine(Folder, "pid");
        var script = $"sh -c 'trap \"\" TERM INT HUP; echo $$ > {file}; echo begun; while :; do sleep 1; done' & wait";
        var taken = Finish(Start(Runner(seconds: 1), script));
        Assert.Equal((RunFault.TimeLimit, "begun\n", 9), (taken.End.Fault, taken.Output, taken.End.Signal));
        ExpectGone(file);
    }

    [Fact]
    public void Group_of_a_program_that_has_exited_is_ended()
    {
        var file = Path.Combine(Folder, "pid");
        var taken = Finish(Start(Runner(), $"sleep {ManySeconds} & echo $! > {file}; echo done"));
        Assert.Equal((RunFault.None, "done\n", 0), (taken.End.Fault, taken.Output, taken.End.ExitCode));
        ExpectGone(file);
    }

    [Fact]
    public void Daemon_that_keeps_the_pipes_open_does_not_hold_up_the_answer()
    {
        var file = Path.Combine(Folder, "pid");
        var taken = Finish(Start(Runner(seconds: ManySeconds), $"setsid sh -c 'echo $$ > {file}; exec sleep {ManySeconds}' & "
            + $"while ! [ -s {file} ]; do sleep 0.01; done; echo done"));
        Assert.Equal((RunFault.None, "done\n", 0), (taken.End.Fault, taken.Output, taken.End.ExitCode));
        using var daemon = Process.GetProcessById(PidIn(file));
        daemon.Kill();
    }

    [Fact]
    public void Program_whose_client_has_gone_is_ended()
    {
        var file = Path.Combine(Folder, "pid");
        var runner = Runner(seconds: ManySeconds);
        var run = Start(runner, $"echo $$ > {file}; exec sleep {ManySeconds}");
        Guard.Until(() => IsWritten(file), "the program began");
        run.Cancel();
        Assert.Equal(RunFault.Cancelled, Finish(run).End.Fault);
        ExpectGone(file);
        runner.Collect();
        Assert.Equal(1, Metrics.Commands.Outcomes[CommandMetrics.Cancelled]);
    }

    [Fact]
    public void Programs_end_with_the_server()
    {
        var file = Path.Combine(Folder, "pid");
        var runner = Runner(seconds: ManySeconds);
        Start(runner, $"trap '' TERM; echo $$ > {file}; sleep {ManySeconds}; sleep {ManySeconds}");
        Guard.Until(() => IsWritten(file), "the program began");
        runner.Dispose();
        ExpectGone(file);
    }

    [Fact]
    public void Program_that_cannot_be_started_says_why()
    {
        var file = Path.Combine(Folder, "bad");
        File.WriteAllText(file, "no program\0\u0001");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.True(AllowedProgram.TryParse($"bad={file}", out var program, out _));
        var run = Runner().TryStart(new ProgramRequest(program!, [], new OperatorAct("a", "b")))!;
        var end = Finish(run).End;
        Assert.Equal((RunFault.NotStarted, -1), (end.Fault, end.ExitCode));
        Assert.StartsWith("could not start: ", end.Describe(), StringComparison.Ordinal);
        Assert.True(end.Why.Length > 3);
    }

    [Fact]
    public void Program_that_has_ended_is_no_zombie()
    {
        var file = Path.Combine(Folder, "pid");
        Finish(Start(Runner(), $"echo $$ > {file}"));
        Assert.False(Directory.Exists($"/proc/{PidIn(file)}"));
    }

    private static bool IsWritten(string file) => File.Exists(file) && File.ReadAllText(file).EndsWith('\n');

    private static int PidIn(string file) => int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);

    // A process that init has not reaped yet is a zombie, which has no command line.
    private static void ExpectGone(string file)
    {
        var commandLine = $"/proc/{PidIn(file)}/cmdline";
        Guard.Until(() => !File.Exists(commandLine) || ReadQuietly(commandLine).Length == 0, $"the process of {file} is gone");
    }

    private static string ReadQuietly(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // It went away between the two looks.
            return "";
        }
    }
}
