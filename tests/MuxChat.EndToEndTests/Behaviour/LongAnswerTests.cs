using System.Text.Json.Nodes;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// Long answers come in parts, and others have their turn between them. That is seen by the order in which things arrive, where all of the
/// answers together would take far longer than the others need.
/// </summary>
public sealed class LongAnswerTests
{
    private const int Rooms = 999;

    // Each LIST here looks at all the rooms and finds none: together they would keep the server busy for seconds.
    private const int Lists = 3_000;

    [Theory]
    [EveryIo]
    public void Others_are_heard_between_lists_that_find_nothing(string io)
    {
        using var server = Start(io);
        using var scene = new Scene(server);
        FillRooms(scene);
        var bob = scene.Track(server.ConnectLines());
        bob.Sync();
        using var asker = new IrcClient(server.EndPoint("auto"));
        asker.LogIn("asker");
        asker.Send("JOIN #lobby");
        asker.Sync();

        asker.Send(string.Join("\r\n", Enumerable.Repeat($"LIST *{new string('?', 4)}x!", Lists)));
        asker.Read("the first list");
        bob.Send("meanwhile");

        var ended = 0;
        for (var line = ""; !line.EndsWith(":meanwhile", StringComparison.Ordinal); line = asker.Read("what was said meanwhile"))
        {
            ended += line.Contains(" 323 ", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(ended, 0, Lists - 1);
    }

    [Theory]
    [EveryIo]
    public void Others_are_heard_between_pages_of_the_past_and_each_answer_is_whole(string io)
    {
        // Far more than the kernel and the outbox hold for a client that does not read.
        const int Requests = 150;
        using var server = Start(io);
        using var scene = new Scene(server);
        var alice = scene.Track(server.ConnectLines());
        alice.Send([.. Enumerable.Repeat(new string('x', 4000), 20)]);
        alice.Sync();
        var robot = scene.Track(server.ConnectFrames());
        robot.Sync();
        robot.Send([.. Enumerable.Range(1, Requests).Select(static id => $$"""{"type":"history","after":1,"id":{{id}}}""")]);
        robot.ReadUntil(static frame => (string?)frame["type"] == "history");
        alice.Send("meanwhile");
        alice.Sync();

        var frames = robot.ReadUntil(static frame => frame["id"]?.ToJsonString() == $"{Requests}");
        var said = Array.FindIndex([.. frames], static frame => (string?)frame["text"] == "meanwhile");
        Assert.InRange(said, 0, frames.Count - 2);
        var answers = frames.SkipWhile(static frame => (string?)frame["type"] != "ok").Skip(1).ToList();
        foreach (var page in Answers(answers))
        {
            Assert.Equal(Enumerable.Range(2, page.Length).Select(static seq => (long)seq), page);
            Assert.Equal(Answers(answers).First().Length, page.Length);
        }

        Assert.Equal(Requests - 1, Answers(answers).Count());
    }

    // The numbers in each answer: those of its pages, up to its ok.
    private static IEnumerable<long[]> Answers(IEnumerable<JsonNode> frames)
    {
        var numbers = new List<long>();
        foreach (var frame in frames)
        {
            if ((string?)frame["type"] == "history")
            {
                numbers.AddRange(frame["events"]!.AsArray().Select(static past => (long)past!["seq"]!));
            }
            else if ((string?)frame["type"] == "ok")
            {
                yield return [.. numbers];
                numbers.Clear();
            }
        }
    }

    [Theory]
    [EveryIo]
    public void Rooms_on_frames_come_in_parts_and_the_request_is_done_behind_the_last(string io)
    {
        using var server = Start(io);
        using var scene = new Scene(server);
        FillRooms(scene);
        var robot = scene.Track(server.ConnectFrames());
        robot.Sync();
        robot.Send("""{"type":"rooms","id":"list"}""");
        var parts = robot.ReadUntil(frame => (string?)frame["id"] == "list");

        Assert.Equal("ok", (string?)parts[^1]["type"]);
        Assert.Equal(10, parts.Count(frame => (string?)frame["type"] == "rooms"));
        Assert.Equal([.. Enumerable.Repeat(true, 9), false], parts[..^1].Select(frame => (bool)frame["more"]!));
        Assert.All(parts[..^1], frame => Assert.Equal(Rooms + 2, (int)frame["total"]!));
    }

    [Theory]
    [EveryIo]
    public void Bans_asked_for_thousands_of_times_in_one_line_are_listed_once(string io)
    {
        const int Bans = 60;
        using var server = Start(io);
        using var scene = new Scene(server);
        var owner = scene.Line("owner");
        owner.Send(["/join #mine", .. Enumerable.Range(0, Bans).Select(n => $"/mode +b nobody-{n}"), "/ping set"]);
        owner.ReadUntil(line => line == "* pong set");

        var alice = scene.Line("alice");
        alice.Send($"/mode #mine +{new string('b', 4080)}", "/ping done");
        var lines = alice.ReadUntil(line => line == "* pong done");
        Assert.Equal(Bans, lines.Count(line => line.StartsWith("* +b nobody-", StringComparison.Ordinal)));
        Assert.Single(lines, line => line == "* masks of #mine, mode b: 60");

        using var irc = new IrcClient(server.EndPoint("auto"));
        irc.LogIn("ann");
        irc.Send($"MODE #mine {new string('b', 490)}");
        var answers = irc.Ping();
        Assert.Equal(Bans, answers.Count(line => line.Contains(" 367 ann #mine nobody-", StringComparison.Ordinal)));
        Assert.Single(answers, line => line.Contains(" 368 ann #mine ", StringComparison.Ordinal));

        var robot = scene.Track(server.ConnectFrames());
        robot.Send($$"""{"type":"mode","room":"#mine","modes":"{{new string('b', 4080)}}","id":1}""");
        Assert.Single(robot.ReadUntil(frame => (int?)frame["id"] == 1), frame => (string?)frame["type"] == "masks");
    }

    private static ServerProcess Start(string io) => ServerProcess.Start("--io", io, "--flood", "off", "--max-rooms-per-client",
        $"{Rooms + 1}");

    private static void FillRooms(Scene scene)
    {
        var maker = scene.Line("maker");
        maker.Send([.. Enumerable.Range(0, Rooms).Select(n => $"/join #{n}-{new string('x', 50)}"), "/ping made"]);
        maker.ReadUntil(line => line == "* pong made");
    }
}
