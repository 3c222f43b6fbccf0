using MuxChat.LoadTests.Hosting;
using MuxChat.Testing.Processes;

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
        if (OperatingSystem.IsLinux())
        {
            // The system counts in steps of 10 ms.
            Assert.True(SpinWait.SpinUntil(() => watch.Finish("", isOurs: true).OthersShare >= 0, Guard.Time));
            Assert.InRange(watch.Finish("", isOurs: true).OthersShare, 0, 1);
            Assert.InRange(watch.Finish("", isOurs: true).StealShare, 0, 1);
            Assert.True(facts.LoadBefore >= 0);
        }
    }

    [Fact]
    public void Running_server_has_no_share_of_others_because_its_own_time_is_not_known() =>
        Assert.Equal(-1, new MachineWatch().Finish("running", isOurs: false).OthersShare);
}
