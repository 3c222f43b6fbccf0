using System.Globalization;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// Every event of a room reaches every member once and in the same order, whatever it speaks and however many speak at once.
/// </summary>
public sealed class OrderTests(SharedServers servers)
{
    private const int LinesEach = 300;

    [Theory]
    [EveryIo]
    public void Lines_and_frames_of_concurrent_senders_are_heard_by_all_in_one_order(string io)
    {
        using var scene = servers.Scene(io);
        var lines = new[] { scene.Line("ann"), scene.Line("ben") };
        var frames = new[] { scene.Frame("cid"), scene.Frame("dot") };
        var reader = scene.Line("reader");
        var watcher = scene.Frame("watcher");
        var all = LinesEach * 4;
        List<string> heard = [];
        List<string> watched = [];
        var others = new List<string>[4];
        Together.Run(
            () => lines[0].Send(Texts),
            () => lines[1].Send(Texts),
            () => frames[0].Send(Says),
            () => frames[1].Send(Says),
            () => heard = reader.ReadLines(all),
            () => watched = [.. ReadSaid(watcher, all)],
            () => others[0] = lines[0].ReadLines(all - LinesEach),
            () => others[1] = lines[1].ReadLines(all - LinesEach),
            () => others[2] = [.. ReadSaid(frames[0], all - LinesEach)],
            () => others[3] = [.. ReadSaid(frames[1], all - LinesEach)]);

        Assert.Equal(heard, watched);
        var nicks = lines.Select(line => line.Nick).Concat(frames.Select(frame => frame.Nick)).ToList();
        for (var i = 0; i < nicks.Count; i++)
        {
            var own = $"<{nicks[i]}> ";
            Assert.Equal(Texts, heard.Where(line => line.StartsWith(own, StringComparison.Ordinal)).Select(line => line[own.Length..]));

            // Whoever speaks sees the same order, without its own lines.
            Assert.Equal(heard.Where(line => !line.StartsWith(own, StringComparison.Ordinal)), others[i]);
        }

        reader.ExpectNothing();
        watcher.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Answers_come_behind_what_was_heard_before_and_ok_numbers_fill_the_gaps(string io)
    {
        using var scene = servers.Scene(io);
        var robots = new[] { scene.Frame("one"), scene.Frame("two"), scene.Frame("three") };
        var numbers = new List<long>[robots.Length];
        Together.Run([.. robots.Select((robot, i) => (Action)(() =>
        {
            robot.Send([.. Enumerable.Range(0, LinesEach).Select(n => $$"""{"type":"say","text":"{{n}}","id":{{n}}}""")]);
            numbers[i] = [.. Enumerable.Range(0, LinesEach * robots.Length).Select(_ => (long)robot.Read()["seq"]!)];
        }))]);

        // Said by others, or ok for one's own: together every number of the room, each after the one before.
        Assert.All(numbers, list => Assert.Equal(Enumerable.Range(4, LinesEach * robots.Length).Select(seq => (long)seq), list));
    }

    [Theory]
    [EveryIo]
    public void Client_in_two_rooms_hears_them_in_the_order_things_happened(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        var second = Scene.NewRoom();
        alice.Send("/join " + second);
        alice.Sync();
        robot.Send($$"""{"type":"join","room":"{{second}}"}""");
        robot.Sync();
        alice.Sync();
        string[] rooms = [scene.Room, second];
        robot.Send([.. Enumerable.Range(0, LinesEach).Select(n => $$"""{"type":"say","room":"{{rooms[n % 2]}}","text":"{{n}}"}""")]);
        for (var n = 0; n < LinesEach; n++)
        {
            alice.Expect($"[{rooms[n % 2]}] <{robot.Nick}> {n}");
        }
    }

    private static string[] Texts { get; } = [.. Enumerable.Range(0, LinesEach).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    private static string[] Says { get; } = [.. Texts.Select(text => $$"""{"type":"say","text":"{{text}}"}""")];

    private static IEnumerable<string> ReadSaid(FrameClient client, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var said = client.Read();
            Assert.Equal("said", (string?)said["type"]);
            yield return $"<{(string?)said["from"]}> {(string?)said["text"]}";
        }
    }
}
