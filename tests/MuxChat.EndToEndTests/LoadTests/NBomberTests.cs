using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

public class NBomberTests
{
    [Theory]
    [InlineData("")]
    [InlineData("broadcast --clients 20")]
    public void Program_built_without_nbomber_says_how_to_turn_it_on_and_exits_2(string arguments)
    {
        Assert.SkipWhen(File.Exists(Path.Combine(AppContext.BaseDirectory, "NBomber.dll")), "built with NBomber");
        var run = ProgramRun.Of("MuxChat.NBomber.dll", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains("-p:WithNBomber=true", run.ErrorText, StringComparison.Ordinal);
        Assert.Single(run.Errors);
        Assert.Empty(run.Output);
    }
}
