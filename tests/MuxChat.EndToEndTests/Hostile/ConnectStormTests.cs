using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// Ten thousand who connect and go, one after the other, most without a byte: everyone inside is served
/// meanwhile, and nothing is left of them.
/// </summary>
[Trait("run", "deep")]
public sealed class ConnectStormTests(ITestOutputHelper output)
{
    private const int Many = 10_000;

    // Where a client costs two threads, or tasks, the same takes much longer.
    private const int Fewer = 1_000;
    private const int BetweenPings = 250;

    // These close in order; the rest reset, or their ports would wait in the kernel until there are none left.
    private const int OrderlyEach = 10;

    private static readonly string[] Protocols = ["auto", "line", "frame"];

    [Theory]
    [EveryIo]
    public void Thousands_of_connects_keep_nobody_waiting_and_leave_nothing(string io)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are read from /proc");
        using var server = ServerProcess.Start("--io", io);
        using var scene = new Scene(server);
        var times = new PingTimes();
        var connects = io is "auto" or "epoll" ? Many : Fewer;
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        var sockets = IdleServer.Sockets(server, besides: 2);
        for (var i = 0; i < connects; i++)
        {
            ComeAndGo(server, i);
            if (i % BetweenPings == 0)
            {
                times.Measure(() => Assert.Empty(alice.Ping()));
                times.Measure(() => Assert.Empty(robot.Ping()));
            }
        }

        Assert.True(IdleServer.Sockets(server, besides: 2, atMost: sockets) <= sockets);
        alice.ExpectNothing();
        robot.ExpectNothing();
        var metrics = $"{io}: {connects} connects; {times}";
        output.WriteLine(metrics);
        Figures.Note(metrics);
    }

    private static void ComeAndGo(ServerProcess server, int number)
    {
        using var client = new HostileClient(server.EndPoint(Protocols[number % Protocols.Length]), HostileLanguage.Lines);
        if (number % OrderlyEach != 0)
        {
            client.Reset();
        }
    }
}
