using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>A client that asks much and reads late: its commands wait, it is not cut, nobody else notices, and memory stays bounded.</summary>
public sealed class PipeliningTests
{
    private const int Asked = 3000;
    private const long MostGrowthBytes = 24 * 1024 * 1024;

    [Theory]
    [EveryIo]
    public void Client_that_pipelines_and_reads_late_gets_every_answer(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off");
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        MakeRooms(scene, hoarders: 12);
        var late = scene.Track(new LineClient(server.EndPoint("line"), receiveBufferBytes: 4096));
        scene.Enter(late, "late");
        bob.Send("/rooms");
        var answer = bob.ReadUntil(line => line.StartsWith("* rooms: ", StringComparison.Ordinal));
        var answerBytes = answer.Sum(line => System.Text.Encoding.UTF8.GetByteCount(line) + 1);
        Assert.True((long)answerBytes * Asked > MostGrowthBytes * 3 / 2);

        var before = server.ResidentBytes;
        late.Send([.. Enumerable.Range(0, Asked).Select(_ => "/rooms"), "/ping done"]);
        for (var i = 0; i < 100; i++)
        {
            bob.Ping();
        }

        Assert.True(server.ResidentBytes - before < MostGrowthBytes, $"grew by {server.ResidentBytes - before} bytes");
        var answers = late.ReadUntil(line => line == "* pong done");
        Assert.Equal(Asked, answers.Count(line => line == $"* rooms: {answer.Count - 1}"));
        Assert.Equal((Asked * answer.Count) + 1, answers.Count);
        late.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Frame_client_that_pipelines_and_reads_late_gets_every_answer(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off");
        using var scene = new Scene(server);
        MakeRooms(scene, hoarders: 4);
        var late = scene.Track(new FrameClient(server.EndPoint("frame"), receiveBufferBytes: 4096));
        late.Send([.. Enumerable.Range(0, Asked).Select(n => $$"""{"type":"rooms","id":{{n}}}"""), """{"type":"who","room":"#lobby","id":"last"}"""]);
        var bob = scene.Line("bob");
        bob.Ping();
        var ids = late.ReadUntil(frame => (string?)frame["type"] == "ok" && frame["id"]!.ToJsonString() == "\"last\"")
            .Where(frame => (string?)frame["type"] == "ok")
            .Select(frame => frame["id"]!.ToJsonString());
        Assert.Equal(Enumerable.Range(0, Asked).Select(n => $"{n}").Append("\"last\""), ids);
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
