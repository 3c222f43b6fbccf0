using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Metrics;
using MuxChat.Server.Running;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server.Running;

/// <summary>More programs than run at once: they wait, are refused, give their places up, and end with the server.</summary>
public sealed class ProgramQueueTests : ProgramPlay
{
    [Fact]
    public void Programs_over_the_limit_wait_and_more_are_refused()
    {
        var runner = Runner(seconds: ManySeconds);
        var gate = Path.Combine(Folder, "gate");
        var runs = Enumerable.Range(0, ProgramRunner.MaxRunning + ProgramRunner.MaxWaiting)
            .Select(i => Start(runner, $"while ! [ -e {gate} ]; do sleep 0.02; done; echo {i}")).ToList();
        Assert.Null(runner.TryStart(Request("true")));
        Assert.Equal(1, Metrics.Commands.Outcomes[CommandMetrics.Busy]);
        Assert.Equal((ProgramRunner.MaxRunning, ProgramRunner.MaxWaiting),
            ((int)Metrics.Commands.Running.Value, (int)Metrics.Commands.Waiting.Value));
        runs[^1].Cancel();
        File.WriteAllText(gate, "");
        Guard.Until(() => Collected(runner, runs), "all have ended");
        Assert.Equal(Enumerable.Range(0, runs.Count - 1).Select(static i => $"{i}\n"),
            runs.SkipLast(1).Select(static run => Finish(run).Output));
        Assert.Equal(RunFault.Cancelled, runs[^1].End!.Fault);
        Assert.Equal((0, 0), ((int)Metrics.Commands.Running.Value, (int)Metrics.Commands.Waiting.Value));
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
            ((int)Metrics.Commands.Waiting.Value, (int)Metrics.Commands.Outcomes[CommandMetrics.Cancelled]));
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
    public void Program_that_has_ended_is_no_longer_followed_although_its_client_takes_nothing()
    {
        var gate = Path.Combine(Folder, "gate");
        var run = Start(Runner(seconds: ManySeconds), $"while ! [ -e {gate} ]; do echo x; sleep 0.02; done; echo last; exit 3");
        Guard.Until(() => ((MuxChat.Server.Running.ProgramRun)run).IsFull, "as much as the program may write ahead");
        File.WriteAllText(gate, "");
        Guard.Until(() => run.End is not null, "the end");
        var taken = Finish(run);
        Assert.Equal((RunFault.None, 3), (taken.End.Fault, taken.End.ExitCode));
        Assert.EndsWith("x\nlast\n", taken.Output, StringComparison.Ordinal);
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
        Assert.Equal(ProgramRunner.MaxRunning + Waiting, Metrics.Commands.Outcomes[CommandMetrics.Cancelled]);
    }

    private static bool Collected(ProgramRunner runner, List<IProgramRun> runs)
    {
        runner.Collect();
        return runs.TrueForAll(static run => run.End is not null);
    }
}
