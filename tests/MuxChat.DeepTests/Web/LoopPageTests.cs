using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Web;

/// <summary>The page /loop: its data part under Node.js, and the whole of it in Chromium against the built server.</summary>
/// <param name="scripts">The scripts in this folder.</param>
[Trait("run", "deep")]
public sealed class LoopPageTests(PageScripts scripts) : IClassFixture<PageScripts>
{
    [Fact]
    public void Model_of_the_loop_passes_its_tests()
    {
        var missing = PageScripts.FindMissingNode();
        Assert.SkipWhen(missing is not null, missing ?? "");
        var path = Path.Combine(Repository.Root, PageScripts.SourceFolder, "loop-model.test.mjs");
        var run = ProgramRun.Of(Programs.Command(["node", "--test", path]), Guard.ProgramMs);
        Assert.True(run.ExitCode == 0, $"node --test {path}\n{run}");
        Assert.DoesNotContain("# pass 0", run.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_of_the_loop_passes_the_checks_of_its_script()
    {
        Assert.SkipWhen(scripts.Missing is not null, scripts.Missing ?? "");
        var run = scripts.Run("loop.mjs");
        Assert.True(run.ExitCode == 0, $"{PageScripts.SourceFolder}/loop.mjs\n{run}");
        Assert.Equal(4, run.Output.Count(static line => line.StartsWith("passed: ", StringComparison.Ordinal)));
    }
}
