using MuxChat.LoadTests.Hosting;

namespace MuxChat.UnitTests.LoadTests.Hosting;

public class MachineWatchTests
{
    [Theory]
    [InlineData(0.04, 0.01, "")]
    [InlineData(0.38, 0.01, "The machine was busy: other programs used 38% of the processor time during the run.")]
    [InlineData(0.04, 0.034, "The host of this virtual machine gave 3.4% of the time to others (steal).")]
    public void What_harms_figures_is_a_doubt(double others, double steal, string doubt)
    {
        var doubts = MachineWatch.DoubtsOf(new MachineFacts { OthersShare = others, StealShare = steal }).ToList();
        if (doubt.Length > 0)
        {
            Assert.Contains(doubt, doubts);
        }
        else
        {
            Assert.DoesNotContain(doubts,
                one => one.Contains("busy", StringComparison.Ordinal) || one.Contains("steal", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Processors_that_share_a_core_are_a_doubt_when_server_and_load_have_both()
    {
        Assert.SkipWhen(Affinity.Server < 0, "server and load cannot have a processor each");
        var facts = new MachineFacts { OthersShare = 0, Siblings = [$"{Affinity.Server},{Affinity.Load}"] };
        Assert.Contains(MachineWatch.DoubtsOf(facts), doubt => doubt.Contains("two threads of one core", StringComparison.Ordinal));
        Assert.Empty(MachineWatch.DoubtsOf(facts with { Siblings = ["1000-1001"] }));
    }

    [Fact]
    public void Facts_of_a_run_say_where_it_was_measured()
    {
        var watch = new MachineWatch();
        var facts = watch.Finish("0.1.0, a native executable", isOurs: true);
        Assert.Equal(Environment.ProcessorCount, facts.Processors);
        var lines = string.Join('\n', facts.Lines());
        Assert.Contains("server: 0.1.0, a native executable", lines, StringComparison.Ordinal);
        Assert.Contains(".NET 10", lines, StringComparison.Ordinal);
        Assert.Contains("load average before", lines, StringComparison.Ordinal);
        Assert.Equal(OperatingSystem.IsLinux(), facts.LoadBefore >= 0);
    }

    [Fact]
    public void Time_of_this_program_and_of_its_ended_servers_is_not_that_of_others()
    {
        // user, nice, system, idle, iowait, irq, softirq, steal, guest; and the program's own: utime, stime, cutime, cstime.
        const string Own = "7 (a) b) S 1 7 7 0 -1 4 0 0 0 0";
        var before = MachineWatch.Times.Parse("cpu  1000 0 500 8000 100 0 0 0 0 0", $"{Own} 100 50 0 0 20 0");
        var after = MachineWatch.Times.Parse("cpu  1300 20 680 8300 150 0 50 100 0 0", $"{Own} 200 100 250 50 20 0");
        var spent = after.Since(before);

        // Ten seconds in all: 5.5 busy, 4.5 of them its own, one kept by the host.
        Assert.Equal((10.0, 5.5, 1.0, 4.5), (Math.Round(spent.All, 6), Math.Round(spent.Busy, 6), spent.Steal, Math.Round(spent.Own, 6)));
        Assert.Equal((0.1, 0.1), (Math.Round(spent.OthersShare, 6), Math.Round(spent.StealShare, 6)));
        Assert.Equal(-1, after.Since(after).OthersShare);
    }

    [Fact]
    public void Running_server_has_no_share_of_others_because_its_own_time_is_not_known() =>
        Assert.Equal(-1, new MachineWatch().Finish("running", isOurs: false).OthersShare);
}
