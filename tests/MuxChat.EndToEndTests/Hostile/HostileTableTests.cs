using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>Every case of the table, each by its name; and many at once, after which the server is as it was.</summary>
public sealed class HostileTableTests(HostileServer server, ITestOutputHelper output) : IClassFixture<HostileServer>
{
    private const int LeastCases = 300;
    private const int Players = 4;

    // Under the other models every so many cases; each model gets others.
    private const int EverySo = 10;

    // A hundredth of a second each, in a second: a loop that spins uses them whole.
    private const int SpinTicks = 30;

    public static TheoryData<string> Names { get; } = [.. HostileTable.All.Select(hostile => hostile.Name)];

    [Fact]
    public void Table_has_many_cases_and_each_a_name_of_its_own()
    {
        Assert.True(HostileTable.All.Count >= LeastCases, $"{HostileTable.All.Count} cases");
        Assert.Empty(HostileTable.All.GroupBy(hostile => hostile.Name).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_client_is_answered_as_the_table_says(string name) => HostileRun.Play(HostileTable.Get(name), server.Process, server.PingTimes);

    [Theory]
    [EveryIo]
    public void Server_is_idle_after_the_table(string io)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors and processor time are read from /proc");
        using var own = HostileServer.Start(io);
        var times = new PingTimes();
        var cases = io == "auto" ? HostileTable.All : Selection(io);

        // What the first clients bring with them, the runtime's own sockets and threads, is there before.
        Array.ForEach([.. cases.Take(Players)], hostile => HostileRun.Play(hostile, own, times));
        var sockets = IdleServer.Sockets(own);
        Together.Run([.. Enumerable.Range(0, Players).Select(player => (Action)(() => PlayShare(cases, player, own, times)))]);
        Assert.True(IdleServer.Sockets(own, atMost: sockets) <= sockets);
        var ticks = IdleServer.TicksOfAQuietSecond(own, below: SpinTicks);
        Report($"{io}: {cases.Count} hostile cases, {Players} at a time; {times}; {ticks} ticks of processor time in the idle second");
    }

    private static void PlayShare(IReadOnlyList<HostileCase> cases, int player, ServerProcess own, PingTimes times)
    {
        for (var i = player; i < cases.Count; i += Players)
        {
            HostileRun.Play(cases[i], own, times);
        }
    }

    private static List<HostileCase> Selection(string io)
    {
        var offset = IoModels.All.ToList().IndexOf(io);
        return [.. HostileTable.All.Where((_, index) => index % EverySo == offset)];
    }

    private void Report(string figures)
    {
        output.WriteLine(figures);
        Figures.Note(figures);
    }
}
