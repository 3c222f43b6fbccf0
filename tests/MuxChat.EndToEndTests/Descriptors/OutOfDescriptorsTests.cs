using System.Globalization;
using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Descriptors;

/// <summary>
/// No descriptors left for another client: those inside are served, nothing spins, one line is logged, and it goes on when
/// someone leaves. The server keeps some back, so it comes to this only when the limit is lowered under a running server, as
/// here, or the whole system has none.
/// </summary>
[Trait("run", "deep")]
[Collection(Alone.Name)]
public sealed partial class OutOfDescriptorsTests
{
    private const int Crowd = 60;

    // A hundredth of a second each, in some two seconds: a loop that spins uses them whole.
    private const int SpinTicks = 100;

    private const int RuntimesOwn = 20;

    // Without a descriptor for a new thread the runtime ends the process: these keep it from starting one later, to compile again (release
    // builds do not either) or to collect beside the program.
    private static readonly Dictionary<string, string> NoNewThreads =
        new() { ["DOTNET_TieredCompilation"] = "0", ["DOTNET_gcConcurrent"] = "0" };

    // Not async: without a descriptor the thread pool cannot add a thread, and there the runtime itself ends the process.
    [Theory]
    [EveryIo(Except = "async")]
    public void Clients_inside_are_served_while_accepting_pauses(string io)
    {
        SkipWithoutProc();
        using var server = Start(io, "--flood-burst", "1", "--flood-rate", "10");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        server.LimitDescriptors(server.OpenDescriptors + (Crowd / 2));
        var crowd = Enumerable.Range(0, Crowd).Select(_ => scene.Nobody()).ToList();
        Assert.NotNull(server.Errors.WaitFor(IsWarning));

        // Some four pauses long: twenty lines at ten a second.
        var before = server.CpuTicks;
        for (var i = 0; i < 20; i++)
        {
            alice.Send($"line {i}");
            robot.Expect($$"""{"type":"said","room":"{{scene.Room}}","seq":{{i
                + 3}},"time":"...","from":"{{alice.Nick}}","text":"line {{i}}"}""");
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
            for (var free = 0; free <= 4; free++)
            {
                ConnectFirstFrameClient(io, free);
            }
        }
    }

    [Fact]
    public void Hand_over_works_when_there_is_no_descriptor_left_for_it()
    {
        SkipWithoutProc();

        // From too few for the sockets that select keeps, one by one, to more than the hand-over needs.
        for (var spare = -4; spare <= 10; spare++)
        {
            using var server = Start("auto");
            using var scene = new Scene(server);
            var selectUpTo = int.Parse(SelectUpTo().Match(server.Output.Lines[^1]).Groups["sockets"].Value, CultureInfo.InvariantCulture);
            server.LimitDescriptors(server.OpenDescriptors + selectUpTo + spare);
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

    private static ServerProcess Start(string io, params string[] arguments)
    {
        var server = ServerProcess.Serve(Muxchat.StartInfo(
            ["serve", "--listen", "line://127.0.0.1:0", "--listen", "frame://127.0.0.1:0", "--io", io, .. arguments],
            NoNewThreads));

        // The log has a thread of its own, which may be late: its first line before anything is taken from it.
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains("serving with", StringComparison.Ordinal)));
        return server;
    }

    private static void ConnectFirstFrameClient(string io, int freeDescriptors)
    {
        using var server = Start(io);
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var before = server.Descriptors();

        // What the runtime takes for itself after the count, it may take from the client: then the server pauses and
        // says so, and goes on with more.
        server.Errors.Added += line =>
        {
            if (IsWarning(line))
            {
                server.LimitDescriptors(before.Count + RuntimesOwn);
            }
        };
        server.LimitDescriptors(before.Count + freeDescriptors);

        try
        {
            var robot = scene.Track(server.ConnectFrames());
            robot.Send("""{"type":"nonsense","id":1}""", "{");
            var frames = robot.ReadUntil(frame => (string?)frame["code"] == "bad_json");
            Assert.Contains(frames, frame => (string?)frame["code"] == "unknown_command");
            alice.Sync();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(
                $"{io} with {freeDescriptors} free: {error.Message}\nBefore:\n{string.Join('\n', before)}\n{server.Describe()}", error);
        }
    }

    private static void SkipWithoutProc() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors and processor time are read from /proc");

    // A thread per client fails for want of descriptors before accepting does: then the server is as full as it gets.
    private static bool IsWarning(string line) =>
        line.Contains("out of descriptors: not accepting for 500 ms", StringComparison.Ordinal)
        || line.Contains("full: turned", StringComparison.Ordinal);

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
