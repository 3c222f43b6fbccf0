using MuxChat.EndToEndTests.Hostile;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>
/// What no client of good will sends, by clients of IRC over a Unix socket: one case in the default run, all others in the deep run.
/// </summary>
public sealed class IrcOnUnixTests(HostileServer server) : IClassFixture<HostileServer>
{
    // The name that a client gives itself is not shown here: the kernel's is.
    private static readonly IrcCase[] All =
        [.. IrcHostileCases.All.Where(one => !one.Steps.Any(step => step.Contains("!~user@", StringComparison.Ordinal)))];

    public static TheoryData<string> Names { get; } = [.. All.Select((one, index) => index == 0
        ? new(one.ToString()) : new TheoryDataRow<string>(one.ToString()).WithTrait("run", "deep"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_goes_as_written(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the user of a Unix socket is known on Linux only");
        using var play = new IrcPlay(server.Process, "irc+unix");
        play.Play(All.Single(one => one.ToString() == name));
    }
}
