using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Web;

/// <summary>The chat page: its modules under Node.js, and the whole of it in Chromium against the built server.</summary>
/// <param name="scripts">The scripts in this folder.</param>
[Trait("run", "deep")]
public sealed class PageTests(PageScripts scripts) : IClassFixture<PageScripts>
{
    [Theory]
    [InlineData("text")]
    [InlineData("commands")]
    [InlineData("state")]
    [InlineData("session")]
    [InlineData("files")]
    [InlineData("runs")]
    public void Module_passes_its_tests(string module)
    {
        var missing = PageScripts.FindMissingNode();
        Assert.SkipWhen(missing is not null, missing ?? "");
        var path = Path.Combine(Repository.Root, PageScripts.SourceFolder, $"{module}.test.mjs");
        var run = ProgramRun.Of(Programs.Command(["node", "--test", path]), Guard.ProgramMs);
        Assert.True(run.ExitCode == 0, $"node --test {path}\n{run}");
        Assert.DoesNotContain("# pass 0", run.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("talk.mjs", 9)]
    [InlineData("breaks.mjs", 7)]
    [InlineData("past.mjs", 4)]
    [InlineData("attack.mjs", 3)]
    [InlineData("access.mjs", 6)]
    [InlineData("manners.mjs", 8)]
    [InlineData("files.mjs", 8)]
    [InlineData("day.mjs", 1, "tmux", "irssi")]
    public void Page_passes_the_checks_of_its_script(string script, int checks, params string[] programs)
    {
        Assert.SkipWhen(scripts.Missing is not null, scripts.Missing ?? "");
        Assert.All(programs, static program => Assert.SkipUnless(Programs.IsInPath(program), $"there is no {program}"));
        var run = scripts.Run(script);
        Assert.True(run.ExitCode == 0, $"{PageScripts.SourceFolder}/{script}\n{run}");
        Assert.Equal(checks, run.Output.Count(static line => line.StartsWith("passed: ", StringComparison.Ordinal)));
    }
}
