using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// A client that asks much and reads late: its commands wait, it is not cut, nobody else notices, and memory stays bounded.
/// </summary>
public sealed class PipeliningTests
{
    // Four megabytes of answers: far more than the kernel takes for a client that does not read.
    private const int Asked = 250;
    private const int AskedForMemory = 3000;
    private const int Hoarders = 12;
    private const long MaxGrowthBytes = 24 * 1024 * 1024;

    [Theory]
    [EveryIo]
    public void Client_that_pipelines_and_reads_late_gets_every_answer(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off");
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        MakeRooms(scene, Hoarders);
        var late = Late(scene);
        late.Send([.. Enumerable.Range(0, Asked).Select(_ => "/rooms"), "/ping done"]);
        bob.Ping();
        ExpectAnswers(late, RoomsShown(bob).Count, Asked);

        var robot = scene.Track(new FrameClient(server.EndPoint("frame"), receiveBufferBytes: 4096));
        robot.Send([.. Enumerable.Range(0, Asked).Select(n => $$"""{"type":"rooms","id":{{n}}}"""),
            """{"type":"who","room":"#lobby","id":"last"}"""]);
        bob.Ping();
        var ids = robot.ReadUntil(frame => (string?)frame["type"] == "ok" && frame["id"]!.ToJsonString() == "\"last\"")
            .Where(frame => (string?)frame["type"] == "ok")
            .Select(frame => frame["id"]!.ToJsonString());
        Assert.Equal(Enumerable.Range(0, Asked).Select(n => $"{n}").Append("\"last\""), ids);
    }

    // What a server holds is measured: in the deep run.
    [Theory]
    [EveryIo]
    [Trait("run", "deep")]
    public void Client_that_pipelines_and_reads_late_costs_no_memory(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off");
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        MakeRooms(scene, Hoarders);
        var late = Late(scene);
        var answer = RoomsShown(bob);
        var answerBytes = answer.Sum(line => System.Text.Encoding.UTF8.GetByteCount(line) + 1);
        Assert.True((long)answerBytes * AskedForMemory > MaxGrowthBytes * 3 / 2);

        var before = server.ResidentBytes;
        late.Send([.. Enumerable.Range(0, AskedForMemory).Select(_ => "/rooms"), "/ping done"]);
        for (var i = 0; i < 100; i++)
        {
            bob.Ping();
        }

        Assert.True(server.ResidentBytes - before < MaxGrowthBytes, $"grew by {server.ResidentBytes - before} bytes");
        ExpectAnswers(late, answer.Count, AskedForMemory);
    }

    private static LineClient Late(Scene scene) =>
        scene.Enter(scene.Track(new LineClient(scene.Server.EndPoint("line"), receiveBufferBytes: 4096)), "late");

    private static List<string> RoomsShown(LineClient client)
    {
        client.Send("/rooms");
        return client.ReadUntil(line => line.StartsWith("* rooms: ", StringComparison.Ordinal));
    }

    private static void ExpectAnswers(LineClient late, int linesEach, int asked)
    {
        var answers = late.ReadUntil(line => line == "* pong done");
        Assert.Equal(asked, answers.Count(line => line == $"* rooms: {linesEach - 1}"));
        Assert.Equal((asked * linesEach) + 1, answers.Count);
        late.ExpectNothing();
    }

    private static void MakeRooms(Scene scene, int hoarders)
    {
        for (var i = 0; i < hoarders; i++)
        {
            var hoarder = scene.Nobody();
            hoarder.Send([.. Enumerable.Range(0, 19).Select(_ => "/join " + Scene.NewRoom().PadRight(64, 'x'))]);
            hoarder.Sync();
        }
    }
}
