using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Scenarios;
using MuxChat.LoadTests.Yardsticks;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>The servers that MuxChat is compared with, those that are installed: each starts, serves a room, and ends.</summary>
/// <remarks>
/// Each test has its own thread, because a server's start binds it to a processor. On a shared thread the next test would start its
/// programs there, all on that processor.
/// </remarks>
public sealed class YardstickTests
{
    private const string Run = "run";
    private const string Deep = "deep";
    private const int Speakers = 10;
    private const int Listeners = 2;
    private const int LinesEach = 20;

    [Theory]
    [InlineData("floor", Traits = [Run, Deep])]
    [InlineData("redis")]
    [InlineData("ngircd")]
    [InlineData("inspircd", Traits = [Run, Deep])]
    [InlineData("nats", Traits = [Run, Deep])]
    [InlineData("mosquitto", Traits = [Run, Deep])]
    public void Yardstick_delivers_every_line_to_all_others_and_ends(string name)
    {
        var yardstick = Installed(name);
        Together.Run(() =>
        {
            int processId;
            using (var server = yardstick.Start())
            {
                processId = server.ProcessId;
                Assert.Contains(server.Version, char.IsAsciiDigit);
                AssertServes(server, payloadBytes: 64);
            }

            Assert.Throws<ArgumentException>(() => Process.GetProcessById(processId));
        });
    }

    [Theory]
    [Trait("run", "deep")]
    [InlineData("floor")]
    [InlineData("redis")]
    [InlineData("ngircd")]
    [InlineData("inspircd")]
    [InlineData("nats")]
    [InlineData("mosquitto")]
    public void Yardstick_whose_port_is_taken_takes_another_and_serves_the_longest_lines(string name)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var ports = new Queue<int>([((IPEndPoint)taken.LocalEndpoint).Port]);
        var yardstick = Installed(name);
        Together.Run(() =>
        {
            using var server = YardstickServer.Start(yardstick, () => ports.TryDequeue(out var port) ? port : YardstickServer.FreePort());
            Assert.Empty(ports);
            AssertServes(server, server.Transport.MaxPayloadBytes);
        });
    }

    [Theory]
    [InlineData("echo first; echo no room here >&2; exit 3", "no room here")]
    [InlineData("exit 0", "it printed nothing")]
    public void Yardstick_that_does_not_start_says_its_last_line(string script, string said)
    {
        Assert.SkipUnless(Programs.IsInPath("sh"), "there is no sh");
        var folders = new List<string>();
        var broken = Yardstick.Find("redis")! with
        {
            Program = "sh",
            Command = place =>
            {
                folders.Add(place.Folder);
                return [place.Program, "-c", script];
            },
        };
        Together.Run(() =>
        {
            var error = Assert.Throws<LoadException>(broken.Start);
            Assert.StartsWith("--with redis: ", error.Message, StringComparison.Ordinal);
            Assert.EndsWith($"/sh did not start: {said}", error.Message, StringComparison.Ordinal);
        });
        Assert.False(Directory.Exists(Assert.Single(folders)));
    }

    private static Yardstick Installed(string name)
    {
        var yardstick = Yardstick.Find(name)!;
        Assert.SkipUnless(yardstick.IsInstalled, $"{yardstick.Program} is not installed (Debian's package {yardstick.Package})");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the floor needs epoll");
        return yardstick;
    }

    // The listeners hear the same, so their orders are compared too.
    private static void AssertServes(YardstickServer server, int payloadBytes)
    {
        using var swarm = new Swarm(server.EndPoint, payloadBytes, server.Transport);
        var crowd = Crowd.Login(swarm, Speakers + Listeners, rooms: 1, Speakers);
        for (var line = 0; line < LinesEach; line++)
        {
            foreach (var sender in crowd.Senders)
            {
                swarm.Say(sender, swarm.NowUs());
            }
        }

        const int Deliveries = Speakers * LinesEach * (Speakers + Listeners - 1);
        swarm.PumpUntil(() => swarm.Counts.Delivered >= Deliveries || !swarm.Counts.IsClean, Guard.Time);
        swarm.CloseLedgers();
        Assert.Empty(swarm.Errors);
        Assert.Equal(new AuditCounts { Delivered = Deliveries }, swarm.Counts);
    }
}
