using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Restart;

/// <summary>
/// One walk through a server's life on each I/O model but the default one, in the default run: what else runs on them is in the deep run.
/// </summary>
public sealed class EveryModelTests
{
    /// <summary>Together more than the kernel and the channels of a model hold for one client: some waits in its outbox.</summary>
    private const int LateLines = 600;
    private const int LateLineLetters = 1000;

    public static TheoryData<string> Others => [.. IoModels.All.Where(io => io != IoModels.Default)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Talk_a_late_reader_a_kill_a_restart_and_a_stop(string io)
    {
        using var data = new DataFolder();
        using (var server = ServerProcess.Start("--data", data.Path, "--io", io, "--flood", "off", "--outbox-soft-bytes", "1048576"))
        using (var scene = new Scene(server))
        {
            var (alice, robot) = (scene.Line("alice"), scene.Frame("robot"));
            OneReadsLate(scene, alice);
            alice.Send("/join #kept", "from lines", "/ping end");
            alice.ReadUntil(line => line == "* pong end");
            robot.Send("""{"type":"join","room":"#kept"}""", """{"type":"say","room":"#kept","text":"from frames","id":1}""");
            robot.ReadUntil(frame => (string?)frame["type"] == "ok");
            alice.Expect("* ... joined #kept", "[#kept] <...> from frames");
            if (OperatingSystem.IsLinux())
            {
                KernelTimers.ExpectKeepAlive(server.EndPoint("line"), alice);
            }

            server.Kill();
        }

        using var again = ServerProcess.Start("--data", data.Path, "--io", io);
        using var after = new Scene(again);
        var (bob, machine) = (after.Line("bob"), after.Frame("machine"));
        bob.Send("/join #kept", "/ping end");
        var shown = bob.ReadUntil(line => line == "* pong end");
        Assert.Equal(["from lines", "from frames"],
            shown.Where(line => line.Contains("> from ", StringComparison.Ordinal)).Select(line => line.Split("> ")[^1]));
        machine.Sync();
        again.Signal("TERM");
        bob.Expect("* goodbye: the server is stopping");
        bob.ExpectEnd();
        machine.Expect("""{"type":"closing","reason":"the server is stopping"}""");
        machine.ExpectEnd();
        Assert.Equal(0, again.WaitForExit());
    }

    private static void OneReadsLate(Scene scene, LineClient speaker)
    {
        var late = scene.Enter(scene.Track(new LineClient(scene.Server.EndPoint("line"), receiveBufferBytes: 16 * 1024)), "late");
        var text = new string('x', LateLineLetters);
        for (var i = 0; i < LateLines; i++)
        {
            speaker.Send($"{i} {text}");
        }

        speaker.Sync();
        late.Expect([.. Enumerable.Range(0, LateLines).Select(i => $"<...> {i} {text}")]);
    }
}
