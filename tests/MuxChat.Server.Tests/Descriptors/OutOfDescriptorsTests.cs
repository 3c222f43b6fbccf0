using System.Globalization;
using System.Text.RegularExpressions;
using MuxChat.Server.Tests.Support;

namespace MuxChat.Server.Tests.Descriptors;

/// <summary>No descriptors left for another client: those inside are served, nothing spins, one line is logged, and it goes on when someone leaves.</summary>
public sealed partial class OutOfDescriptorsTests
{
    private const int Limit = 160;

    // A hundredth of a second each, in some two seconds: a loop that spins uses them whole.
    private const int SpinTicks = 100;

    // Not async: without a descriptor the thread pool cannot add a thread, and there the runtime itself ends the process.
    [Theory]
    [EveryIo(Except = "async")]
    public void Clients_inside_are_served_while_accepting_pauses(string io)
    {
        SkipWithoutProc();
        using var server = ServerProcess.StartWithDescriptors(Limit, "--io", io, "--max-clients", "1000", "--flood-burst", "1", "--flood-rate", "10");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        var crowd = Enumerable.Range(0, Limit).Select(_ => scene.Nobody()).ToList();
        Assert.NotNull(server.Errors.WaitFor(IsWarning));

        // Some four pauses long: twenty lines at ten a second.
        var before = server.CpuTicks;
        for (var i = 0; i < 20; i++)
        {
            alice.Send($"line {i}");
            robot.Expect($$"""{"type":"said","room":"{{scene.Room}}","seq":{{i + 3}},"time":"...","from":"{{alice.Nick}}","text":"line {{i}}"}""");
        }

        var used = server.CpuTicks - before;
        Assert.True(used < SpinTicks, $"{used} ticks of processor time");
        crowd.ForEach(client => client.Dispose());
        ConnectUntilGreeted(scene);
        robot.Sync();
        Assert.Single(server.Errors.Lines, IsWarning);
    }

    [Fact]
    public void First_frame_client_is_served_with_the_last_descriptors()
    {
        SkipWithoutProc();

        // Threads need the last descriptors themselves: with those the client is told that the server is full.
        foreach (var io in IoModels.All.Where(io => io is not ("threads" or "async")))
        {
            for (var free = 1; free <= 4; free++)
            {
                ConnectFirstFrameClient(io, free);
            }
        }
    }

    [Fact]
    public void Hand_over_works_when_there_is_no_descriptor_left_for_it()
    {
        SkipWithoutProc();
        int atStart;
        int selectUpTo;
        using (var server = ServerProcess.Start("--io", "auto"))
        {
            atStart = server.OpenDescriptors;
            selectUpTo = int.Parse(SelectUpTo().Match(server.Output.Lines[^1]).Groups["sockets"].Value, CultureInfo.InvariantCulture);
        }

        // From too few for the sockets that select keeps, one by one, to more than the hand-over needs.
        for (var limit = atStart + selectUpTo - 4; limit <= atStart + selectUpTo + 10; limit++)
        {
            using var server = ServerProcess.StartWithDescriptors(limit, "--io", "auto");
            using var scene = new Scene(server);
            var alice = scene.Line("alice");
            for (var i = 0; i < selectUpTo + 10; i++)
            {
                scene.Nobody();
            }

            // The first pong may come from before the hand-over.
            alice.Sync();
            alice.Sync();
            alice.Sync();
        }
    }

    private static void ConnectFirstFrameClient(string io, int freeDescriptors)
    {
        using var server = ServerProcess.StartWithDescriptors(Limit, "--io", io);
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var patience = new Patience();
        while (server.OpenDescriptors < Limit - freeDescriptors)
        {
            patience.Check("only so many descriptors are left");
            scene.Nobody().Sync();
        }

        var robot = scene.Track(server.ConnectFrames());
        robot.Send("""{"type":"nonsense","id":1}""", "{");
        var frames = robot.ReadUntil(frame => (string?)frame["code"] == "bad_json");
        Assert.Contains(frames, frame => (string?)frame["code"] == "unknown_command");
        alice.Sync();
    }

    private static void SkipWithoutProc() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors and processor time are read from /proc");

    // A thread per client fails for want of descriptors before accepting does: then the server is as full as it gets.
    private static bool IsWarning(string line) =>
        line.Contains("out of descriptors: not accepting for 500 ms", StringComparison.Ordinal) || line.Contains("full: turned", StringComparison.Ordinal);

    private static void ConnectUntilGreeted(Scene scene)
    {
        string? greeting;
        var patience = new Patience();
        do
        {
            patience.Check("accepting goes on");
            greeting = scene.Nobody().TryReadLine();
        }
        while (greeting is null || greeting.StartsWith("! ", StringComparison.Ordinal));
        Assert.StartsWith("* Welcome to MuxChat!", greeting, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\(select up to (?<sockets>\d+) sockets, epoll above\)")]
    private static partial Regex SelectUpTo();
}
