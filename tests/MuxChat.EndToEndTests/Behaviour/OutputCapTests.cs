using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>When too much is queued for all together, those go who are furthest behind; who reads loses nothing.</summary>
public sealed class OutputCapTests
{
    private const int LinesPerRound = 10;
    private static readonly string Padding = new('x', 3900);

    [Theory]
    [EveryIo]
    public void Stalled_readers_beyond_the_cap_are_cut_though_none_is_over_its_own_limit(string io)
    {
        using var server = ServerProcess.Start(
            "--io", io, "--flood", "off", "--max-queued-mb", "1", "--outbox-hard-bytes", "1000000000", "--outbox-soft-bytes", "900000000",
            "--outbox-soft-s", "3600");
        using var scene = new Scene(server);
        var (speaker, healthy) = (scene.Line("speaker"), scene.Line("healthy"));
        var stalled = Enumerable.Range(0, 3).Select(_ => Stalled(scene)).ToList();
        healthy.Sync();
        speaker.Sync();
        var patience = new Patience();
        var told = 0;
        for (var round = 0; told < stalled.Count; round++)
        {
            patience.Check("the stalled readers are cut");
            var texts = Enumerable.Range(0, LinesPerRound).Select(n => $"{round}.{n} {Padding}").ToArray();
            speaker.Send(texts);
            var heard = healthy.ReadUntil(line => line.EndsWith(texts[^1], StringComparison.Ordinal));
            told += heard.RemoveAll(
                line => line.EndsWith("quit: slow consumer, with the server's output at its limit", StringComparison.Ordinal));
            Assert.Equal(texts.Select(text => $"<{speaker.Nick}> {text}"), heard);
            speaker.Sync();
        }

        var line = server.Errors.WaitFor(line => line.Contains("queued output over the server limit", StringComparison.Ordinal));
        Assert.Contains("(stalled_", line, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0 bytes", line, StringComparison.Ordinal);
        healthy.ExpectNothing();
    }

    // Each of them is as far behind as the cap allows for all together, or nearly; but they have not read the same lines.
    [Theory]
    [EveryIo]
    public void Readers_that_are_behind_by_the_same_lines_count_once(string io)
    {
        using var server = ServerProcess.Start(
            "--io", io, "--flood", "off", "--max-queued-mb", "1", "--outbox-hard-bytes", "1000000000", "--outbox-soft-bytes", "900000000",
                "--outbox-soft-s", "3600");
        using var scene = new Scene(server);
        var (speaker, healthy) = (scene.Line("speaker"), scene.Line("healthy"));
        var stalled = Enumerable.Range(0, 20).Select(_ => Stalled(scene)).ToList();
        healthy.Sync();
        speaker.Sync();
        for (var round = 0; round < 20; round++)
        {
            speaker.Send([.. Enumerable.Range(0, LinesPerRound).Select(n => $"{round}.{n} {Padding}")]);
            speaker.Sync();
            Assert.DoesNotContain(healthy.Ping(), line => line.Contains(" quit: ", StringComparison.Ordinal));
        }

        Assert.All(stalled, one => Assert.Equal(20 * LinesPerRound, CountPadded(one)));
        healthy.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Cuts_are_logged_a_few_times_a_minute(string io)
    {
        const int Clients = 25;
        const int LinesAMinute = 10;
        using var server = ServerProcess.Start(
            "--io", io, "--flood", "off", "--outbox-hard-bytes", "65536", "--outbox-soft-bytes", "32768", "--outbox-soft-s", "3600");
        using var scene = new Scene(server);
        var (speaker, healthy) = (scene.Line("speaker"), scene.Line("healthy"));
        for (var i = 0; i < Clients; i++)
        {
            Stalled(scene);
        }

        healthy.Sync();
        speaker.Sync();
        var patience = new Patience();
        var told = 0;
        while (told < Clients)
        {
            patience.Check("the stalled readers are cut");
            speaker.Send([.. Enumerable.Repeat(Padding, LinesPerRound)]);
            speaker.Sync();
            told += healthy.Ping().Count(line => line.Contains(" quit: slow consumer", StringComparison.Ordinal));
        }

        // With threads and async a second goes by before a client counts as stuck, and in that the cap may be passed first.
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.Equal(LinesAMinute, server.Errors.Lines.Count(line => line.Contains("] cut 127.0.0.1:", StringComparison.Ordinal)));
    }

    private static int CountPadded(LineClient client) => client.Ping().Count(line => line.EndsWith(Padding, StringComparison.Ordinal));

    private static LineClient Stalled(Scene scene)
    {
        var stalled = scene.Track(new LineClient(scene.Server.EndPoint("line"), receiveBufferBytes: 4096));
        scene.Enter(stalled, "stalled");
        scene.Forget(stalled);
        return stalled;
    }
}
