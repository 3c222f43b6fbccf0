using System.Text.Json.Nodes;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Restart;

/// <summary>
/// A disk that fails, in part or for good: people go on talking, everybody who asks is answered at once, and the server stops when it is
/// told to.
/// </summary>
public sealed class BrokenDiskTests
{
    // The smallest segment has 1 MiB: this many lines are more.
    private const int Lines = 300;
    private const string Next = "00000002.journal";

    private static readonly string Text = new('x', 4000);

    [Theory]
    [EveryIo]
    public void After_the_journal_has_failed_who_asks_is_told_at_once_and_the_server_stops(string io)
    {
        using var data = new DataFolder();
        var (folder, moved) = (Path.Combine(data.Path, "kept"), Path.Combine(data.Path, "moved"));
        using var server = ServerProcess.Start("--data", folder, "--io", io, "--flood", "off", "--retain-mb", "1");
        using var scene = new Scene(server);
        var robot = scene.Frame("robot");

        // In a directory that is gone no segment can follow.
        Directory.Move(folder, moved);
        var codes = Enumerable.Range(0, Lines).Select(i => (string?)Say(robot, $"line {i}", Text)["code"]).ToList();
        Assert.Contains("not_stored", codes);
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains("THE JOURNAL FAILED", StringComparison.Ordinal)));

        // Nobody else says anything: nothing but the answer itself wakes the server.
        for (var i = 0; i < 3; i++)
        {
            var answer = Say(robot, $"late {i}", "late");
            Assert.Equal(("error", "not_stored"), ((string?)answer["type"], (string?)answer["code"]));
        }

        server.Signal("TERM");
        Assert.Equal(3, server.WaitForExit());
        Assert.Matches("stopped, but [0-9]{2,} events of rooms could not be stored and got lost; the journal has failed",
            server.Errors.Lines[^1]);
    }

    [Fact]
    public void New_segment_that_cannot_be_opened_for_a_time_costs_nothing()
    {
        using var data = new DataFolder();
        using var server = ServerProcess.Start("--data", data.Path, "--flood", "off", "--retain-mb", "1");
        using var scene = new Scene(server);
        var robot = scene.Frame("robot");
        var obstacle = Directory.CreateDirectory(Path.Combine(data.Path, Next));
        Assert.All(Enumerable.Range(0, Lines), i => Assert.Equal("ok", (string?)Say(robot, $"line {i}", Text)["type"]));
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains("a new segment cannot be opened", StringComparison.Ordinal)));
        Assert.Single(data.Segments);

        obstacle.Delete();
        ExpectNewSegment(robot, data);
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.Equal("whole", Muxchat.Run(["journal", "check", data.Path]).Output.Last(line => line.Length > 0));
    }

    // What may start a thread then ends the process, which is the runtime's doing: threads and async are left out.
    [Theory]
    [InlineData("auto")]
    [InlineData("select")]
    [InlineData("epoll")]
    [Trait("run", "deep")]
    public void Descriptors_that_run_out_as_a_segment_is_full_cost_nothing(string io)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are limited by prlimit(1)");
        using var data = new DataFolder();
        string[] listen = ["--listen", "line://127.0.0.1:0", "--listen", "frame://127.0.0.1:0"];
        var noNewThreads = new Dictionary<string, string> { ["DOTNET_TieredCompilation"] = "0", ["DOTNET_gcConcurrent"] = "0" };
        using var server = ServerProcess.Serve(
            Muxchat.StartInfo(["serve", .. listen, "--data", data.Path, "--io", io, "--flood", "off", "--retain-mb", "1"], noNewThreads));
        using var scene = new Scene(server);
        var robot = scene.Frame("robot");
        Say(robot, "first", Text);
        server.LimitDescriptors(server.OpenDescriptors);
        Assert.All(Enumerable.Range(0, Lines), i => Assert.Equal("ok", (string?)Say(robot, $"line {i}", Text)["type"]));
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains("a new segment cannot be opened", StringComparison.Ordinal)));
        Assert.Single(data.Segments);

        server.LimitDescriptors(server.OpenDescriptors + 50);
        ExpectNewSegment(robot, data);
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    // It is tried once a second.
    private static void ExpectNewSegment(FrameClient robot, DataFolder data)
    {
        var patience = new Patience();
        for (var i = 0; !data.Segments[^1].EndsWith(Next, StringComparison.Ordinal); i++)
        {
            patience.Check("there is a new segment");
            Assert.Equal("ok", (string?)Say(robot, $"again {i}", "again")["type"]);
        }
    }

    private static JsonObject Say(FrameClient robot, string id, string text)
    {
        robot.Send($$"""{"type":"say","text":"{{text}}","id":"{{id}}"}""");
        return robot.ReadUntil(frame => (string?)frame["id"] == id)[^1];
    }
}
