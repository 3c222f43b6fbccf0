using System.Text;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>A client that does not read is cut, its room is told, and those beside it lose nothing.</summary>
public sealed class SlowConsumerTests(SharedServers servers)
{
    private const int LinesPerRound = 10;
    private static readonly string Padding = new('x', 3900);

    [Theory]
    [EveryIo]
    public void Stalled_reader_beside_fifty_healthy_ones_is_cut_and_they_lose_nothing(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "--outbox-hard-bytes", "131072", "--outbox-soft-bytes",
            "65536", "--outbox-soft-s", "3600");
        using var scene = new Scene(server);
        CutStalledReader(scene, healthyCount: 50);
        var cut = server.Errors.WaitFor(line => line.Contains("as a slow consumer", StringComparison.Ordinal));
        Assert.Contains("(stalled_", cut, StringComparison.Ordinal);
    }

    [Theory]
    [EveryIo]
    public void Stalled_reader_is_cut_at_the_default_limits(string io)
    {
        using var scene = servers.Scene(io);
        CutStalledReader(scene, healthyCount: 2);
    }

    [Theory]
    [EveryIo]
    public void Reader_that_is_behind_for_too_long_is_cut_at_the_lower_mark(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "--outbox-hard-bytes", "1000000000", "--outbox-soft-bytes",
            "65536", "--outbox-soft-s", "1");
        using var scene = new Scene(server);
        CutStalledReader(scene, healthyCount: 2);
    }

    // Everyone reads each round before the next begins, so that nobody but the stalled one is ever behind.
    private static void CutStalledReader(Scene scene, int healthyCount)
    {
        var speaker = scene.Line("speaker");
        var healthy = Enumerable.Range(0, healthyCount).Select(_ => scene.Line("healthy")).ToList();
        var stalled = scene.Track(new LineClient(scene.Server.EndPoint("line"), receiveBufferBytes: 4096));
        scene.Enter(stalled, "stalled");
        scene.Forget(stalled);
        var cut = $"* {stalled.Nick} quit: slow consumer";
        var toldOfCut = 0;
        var patience = new Patience();
        var sent = new List<string>();
        for (var round = 0; toldOfCut < healthyCount; round++)
        {
            patience.Check("the stalled reader is cut");
            var texts = Enumerable.Range(0, LinesPerRound).Select(n => $"{round}.{n} {Padding}").ToArray();
            speaker.Send(texts);
            sent.AddRange(texts.Select(text => $"<{speaker.Nick}> {text}"));
            foreach (var client in healthy)
            {
                var heard = client.ReadUntil(line => line.EndsWith(texts[^1], StringComparison.Ordinal));
                toldOfCut += heard.Remove(cut) ? 1 : 0;
                Assert.Equal(texts.Select(text => $"<{speaker.Nick}> {text}"), heard);
            }

            speaker.Ping();
        }

        Assert.Equal(healthyCount, toldOfCut);
        speaker.Send("/who");
        var members = speaker.ReadUntil(line => line.StartsWith("* members of", StringComparison.Ordinal))[^1];
        Assert.Equal($"* members of {scene.Room}: {healthyCount + 1}", members);
        ExpectTheFirstOf(sent, stalled);
    }

    // It was cut in the middle of what it did not read: what it can still read is the beginning of all that was said,
    // without a hole, and not all of it.
    private static void ExpectTheFirstOf(List<string> sent, LineClient stalled)
    {
        var read = Encoding.UTF8.GetString(stalled.ReadToEnd()).Split('\n')[..^1];
        Assert.True(read.Length < sent.Count, $"It read all {sent.Count} lines and was not cut.");
        Assert.Equal(sent[..read.Length], read);
    }
}
