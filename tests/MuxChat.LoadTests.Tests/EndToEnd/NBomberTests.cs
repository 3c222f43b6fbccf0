using MuxChat.LoadTests.Tests.Support;

namespace MuxChat.LoadTests.Tests.EndToEnd;

public class NBomberTests
{
    [Theory]
    [InlineData("")]
    [InlineData("broadcast --clients 20")]
    public async Task Program_built_without_nbomber_says_how_to_turn_it_on_and_exits_2(string arguments)
    {
        Assert.SkipWhen(File.Exists(Path.Combine(AppContext.BaseDirectory, "NBomber.dll")), "built with NBomber");
        var run = await LoadRun.OfProgram("MuxChat.NBomber.dll", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains("-p:WithNBomber=true", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Empty(run.Output);
    }
}
