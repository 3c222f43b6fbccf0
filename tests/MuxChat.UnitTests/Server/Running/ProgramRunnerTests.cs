using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Metrics;
using MuxChat.Server.Logging;
using MuxChat.Server.Running;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server.Running;

/// <summary>Real programs: what they get, what they may do, and that nothing of them is left.</summary>
public sealed class ProgramRunnerTests : IDisposable
{
    private const int ManySeconds = 1000;

    private readonly MetricSet _metrics = new();
    private readonly List<ProgramRunner> _runners = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("muxrun").FullName;

    public void Dispose()
    {
        _runners.ForEach(static runner => runner.Dispose());
        Directory.Delete(_directory, recursive: true);
    }

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
        var file = Path.Combine(_directory, "pid");
        var script = $"sh -c 'trap \"\" TERM INT HUP; echo $$ > {file}; echo begun; while :; do sleep 1; done' & wait";
        var taken = Finish(Start(Runner(seconds: 1), script));
        Assert.Equal((RunFault.TimeLimit, "begun\n", 9), (taken.End.Fault, taken.Output, taken.End.Signal));
        ExpectGone(file);
    }

    [Fact]
    public void Group_of_a_program_that_has_exited_is_ended()
    {
        var file = Path.Combine(_directory, "pid");
        var taken = Finish(Start(Runner(), $"sleep {ManySeconds} & echo $! > {file}; echo done"));
        Assert.Equal((RunFault.None, "done\n", 0), (taken.End.Fault, taken.Output, taken.End.ExitCode));
        ExpectGone(file);
    }

    [Fact]
    public void Daemon_that_keeps_the_pipes_open_does_not_hold_up_the_answer()
    {
        var file = Path.Combine(_directory, "pid");
        var taken = Finish(Start(Runner(seconds: ManySeconds), $"setsid sh -c 'echo $$ > {file}; exec sleep {ManySeconds}' & "
            + $"while ! [ -s {file} ]; do sleep 0.01; done; echo done"));
        Assert.Equal((RunFault.None, "done\n", 0), (taken.End.Fault, taken.Output, taken.End.ExitCode));
        using var daemon = Process.GetProcessById(PidIn(file));
        daemon.Kill();
    }

    [Fact]
    public void Program_whose_client_has_gone_is_ended()
    {
        var file = Path.Combine(_directory, "pid");
        var runner = Runner(seconds: ManySeconds);
        var run = Start(runner, $"echo $$ > {file}; exec sleep {ManySeconds}");
        Guard.Until(() => IsWritten(file), "the program began");
        run.Cancel();
        Assert.Equal(RunFault.Cancelled, Finish(run).End.Fault);
        ExpectGone(file);
        runner.Collect();
        Assert.Equal(1, _metrics.Commands.Outcomes[CommandMetrics.Cancelled]);
    }

    [Fact]
    public void Programs_end_with_the_server()
    {
        var file = Path.Combine(_directory, "pid");
        var runner = Runner(seconds: ManySeconds);
        Start(runner, $"trap '' TERM; echo $$ > {file}; sleep {ManySeconds}; sleep {ManySeconds}");
        Guard.Until(() => IsWritten(file), "the program began");
        runner.Dispose();
        ExpectGone(file);
    }

    // A second signal ends the process: what is just being started must not outlive it.
    [Fact]
    public void Program_that_begins_while_all_are_killed_ends_too()
    {
        Runner();
        for (var round = 0; round < 20; round++)
        {
            using var slot = new ProgramSlot(new ProgramLimits { Seconds = ManySeconds }, TimeProvider.System, static () => { });
            var run = new MuxChat.Server.Running.ProgramRun(Request($"exec sleep {ManySeconds}"));
            slot.Begin(run);
            slot.Kill();
            Guard.Until(() => run.End is not null, "the end");
        }
    }

    [Fact]
    public void Runs_that_end_with_the_server_are_counted()
    {
        const int Waiting = 2;
        var runner = Runner(seconds: ManySeconds);
        for (var i = 0; i < ProgramRunner.MaxRunning + Waiting; i++)
        {
            Start(runner, $"exec sleep {ManySeconds}");
        }

        runner.Dispose();
        Assert.Equal(ProgramRunner.MaxRunning + Waiting, _metrics.Commands.Outcomes[CommandMetrics.Cancelled]);
    }

    [Fact]
    public void Program_that_cannot_be_started_says_why()
    {
        var file = Path.Combine(_directory, "bad");
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
    public void Programs_over_the_limit_wait_and_more_are_refused()
    {
        var runner = Runner(seconds: ManySeconds);
        var gate = Path.Combine(_directory, "gate");
        var runs = Enumerable.Range(0, ProgramRunner.MaxRunning + ProgramRunner.MaxWaiting)
            .Select(i => Start(runner, $"while ! [ -e {gate} ]; do sleep 0.02; done; echo {i}")).ToList();
        Assert.Null(runner.TryStart(Request("true")));
        Assert.Equal(1, _metrics.Commands.Outcomes[CommandMetrics.Busy]);
        Assert.Equal((ProgramRunner.MaxRunning, ProgramRunner.MaxWaiting),
            ((int)_metrics.Commands.Running.Value, (int)_metrics.Commands.Waiting.Value));
        runs[^1].Cancel();
        File.WriteAllText(gate, "");
        Guard.Until(() => Collected(runner, runs), "all have ended");
        Assert.Equal(Enumerable.Range(0, runs.Count - 1).Select(static i => $"{i}\n"),
            runs.SkipLast(1).Select(static run => Finish(run).Output));
        Assert.Equal(RunFault.Cancelled, runs[^1].End!.Fault);
        Assert.Equal((0, 0), ((int)_metrics.Commands.Running.Value, (int)_metrics.Commands.Waiting.Value));
    }

    [Fact]
    public void Program_that_has_ended_is_no_longer_followed_although_its_client_takes_nothing()
    {
        var gate = Path.Combine(_directory, "gate");
        var run = Start(Runner(seconds: ManySeconds), $"while ! [ -e {gate} ]; do echo x; sleep 0.02; done; echo last; exit 3");
        Guard.Until(() => ((MuxChat.Server.Running.ProgramRun)run).IsFull, "as much as the program may write ahead");
        File.WriteAllText(gate, "");
        Guard.Until(() => run.End is not null, "the end");
        var taken = Finish(run);
        Assert.Equal((RunFault.None, 3), (taken.End.Fault, taken.End.ExitCode));
        Assert.EndsWith("x\nlast\n", taken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_whose_clients_have_gone_keep_no_place_in_the_queue()
    {
        var runner = Runner(seconds: ManySeconds);
        var runs = Enumerable.Range(0, ProgramRunner.MaxRunning + ProgramRunner.MaxWaiting)
            .Select(_ => Start(runner, $"exec sleep {ManySeconds}")).ToList();
        Assert.Null(runner.TryStart(Request("true")));
        runs.Skip(ProgramRunner.MaxRunning + 1).ToList().ForEach(static run => run.Cancel());
        Assert.NotNull(runner.TryStart(Request("true")));
        Assert.Equal(RunFault.Cancelled, runs[^1].End!.Fault);
        Assert.Null(runs[ProgramRunner.MaxRunning].End);
        Assert.Equal((2, ProgramRunner.MaxWaiting - 1),
            ((int)_metrics.Commands.Waiting.Value, (int)_metrics.Commands.Outcomes[CommandMetrics.Cancelled]));
    }

    [Fact]
    public void Collected_output_that_nobody_takes_makes_the_runner_busy_until_it_is_given_up()
    {
        var runner = Runner(outputBytes: 10_000);
        var runs = new List<IProgramRun>();
        for (var i = 0; i < ProgramRunner.MaxHeldLimits; i++)
        {
            runs.Add(Start(runner, "head -c 10000 /dev/zero", isCollected: true));
            Guard.Until(() => Collected(runner, runs), "it has ended");
        }

        Assert.Null(runner.TryStart(Request("true", isCollected: true)));
        runs[0].Cancel();
        Assert.Equal(RunFault.None, Finish(Start(runner, "true", isCollected: true)).End.Fault);
    }

    [Fact]
    public void Program_that_has_ended_is_no_zombie()
    {
        var file = Path.Combine(_directory, "pid");
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

    private static bool Collected(ProgramRunner runner, List<IProgramRun> runs)
    {
        runner.Collect();
        return runs.TrueForAll(static run => run.End is not null);
    }

    private ProgramRunner Runner(int seconds = 60, long outputBytes = 1024 * 1024)
    {
        Assert.True(AllowedProgram.TryParse("sh=/bin/sh -c {.*}", out var shell, out _));
        var runner = new ProgramRunner([shell!], new ProgramLimits { Seconds = seconds, OutputBytes = outputBytes }, _metrics.Commands,
            new CommandLog(NullLogger.Instance, TimeProvider.System), TimeProvider.System, static () => { });
        _runners.Add(runner);
        return runner;
    }

    private ProgramRequest Request(string script, bool isCollected = false) =>
        new(_runners[0].Programs[0], ["-c"u8.ToArray(), Encoding.UTF8.GetBytes(script)], new OperatorAct("a", "b"))
        {
            IsCollected = isCollected,
        };

    private IProgramRun Start(ProgramRunner runner, string script, bool isCollected = false) =>
        runner.TryStart(Request(script, isCollected)) ?? throw new InvalidOperationException("busy");

    private static Taken Finish(IProgramRun run)
    {
        var streams = new[] { new StringBuilder(), new StringBuilder() };
        RunEnd? end = null;
        while (end is null)
        {
            Guard.Until(() => run.IsReady, "output or the end");
            end = run.End;
            while (run.TryTake(out var block))
            {
                Assert.InRange(block.Bytes.Length, 1, OutputBlock.MaxBytes);
                streams[(int)block.Stream].Append(Encoding.UTF8.GetString(block.Bytes.Span));
            }
        }

        return new Taken($"{streams[0]}", $"{streams[1]}", end);
    }

    private sealed record Taken(string Output, string Errors, RunEnd End);
}
