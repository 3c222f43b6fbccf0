using MuxChat.EndToEndTests.Support;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>Many hostile clients at once, after which the server is as it was. It measures processor time, so it runs alone.</summary>
[Trait("run", "deep")]
[Collection(Alone.Name)]
public sealed class HostileIdleTests(ITestOutputHelper output)
{
    // Under the other models every so many cases; each model gets others.
    private const int EverySo = 10;

    // A hundredth of a second each, in a second: a loop that spins uses them whole.
    private const int SpinTicks = 30;

    [Theory]
    [EveryIo]
    public void Server_is_idle_after_the_table(string io)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors and processor time are read from /proc");
        using var own = new HostileServer(io);
        var times = own.PingTimes;
        List<HostileCase> cases = [.. (io == IoModels.Default ? HostileTable.All : Selection(io)).Where(own.CanPlayBesideOthers)];
        IdleServer.PlayTogether(cases, own.Process, times);
        var ticks = IdleServer.TicksOfAQuietSecond(own.Process, below: SpinTicks);
        var metrics = $"{io}: {cases.Count} hostile cases, {IdleServer.Players} at a time; {times}; "
            + $"{ticks} ticks of processor time in the idle second";
        output.WriteLine(metrics);
        Figures.Note(metrics);
    }

    private static List<HostileCase> Selection(string io)
    {
        var offset = IoModels.All.ToList().IndexOf(io);
        return [.. HostileTable.All.Where((_, index) => index % EverySo == offset)];
    }
}
