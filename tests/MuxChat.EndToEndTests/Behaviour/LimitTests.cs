using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>How many clients, rooms, rooms per client: what happens at the limit, and that there is room again after it.</summary>
public sealed class LimitTests
{
    [Theory]
    [EveryIo]
    public void Client_beyond_the_limit_is_told_that_the_server_is_full(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--max-clients", "3");
        Assert.Contains(server.Output.Lines, line => line.Contains("at most 3 clients", StringComparison.Ordinal));
        using var scene = new Scene(server);
        var inside = new[] { scene.Line("alice"), scene.Line("bob"), scene.Line("carol") };
        foreach (var protocol in (string[])["line", "auto"])
        {
            var fourth = scene.Track(server.ConnectLines(protocol));
            fourth.TrySendBytes("in a hurry\n"u8);
            fourth.Expect("! the server is full (3 clients): try again later");

            // It was closed with unread input: that may be a reset.
            Assert.Empty(fourth.ReadToEnd());
        }

        var robot = scene.Track(server.ConnectFrames());
        robot.Expect("""{"type":"error","code":"server_full","message":"the server is full (3 clients): try again later"}""");
        robot.ExpectEnd();
        Assert.All(inside, client => client.ExpectNothing());
        inside[0].Send("/quit");
        inside[0].ReadLinesToEnd();
        inside[0].Dispose();

        // The place is free once the server has seen the end; until then one is told that it is full.
        var greeting = "! ";
        var patience = new Patience();
        while (greeting.StartsWith("! ", StringComparison.Ordinal))
        {
            patience.Check("a place is free");
            greeting = scene.Track(server.ConnectLines()).ReadLine();
        }

        Assert.StartsWith("* Welcome to MuxChat!", greeting, StringComparison.Ordinal);
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains("full: turned", StringComparison.Ordinal)));
        Assert.Single(server.Errors.Lines, line => line.Contains("full: turned", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    public void Client_in_as_many_rooms_as_allowed_must_leave_one_first(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--max-rooms-per-client", "3");
        using var scene = new Scene(server);
        var alice = scene.Nobody();
        alice.Sync();
        alice.Send("/join #one", "/join #two");
        alice.Sync();
        alice.ExpectError("/join #three", "you are in 3 rooms, the maximum: leave one first");
        alice.Send("/join #one", "/part #two", "/join #three");
        alice.Expect("* you are in #one (1 here), no topic", "* ... left #two", "* you are in #three (1 here), no topic");
        var robot = scene.Track(server.ConnectFrames());
        robot.Send("""{"type":"join","room":"#one"}""", """{"type":"join","room":"#two"}""");
        robot.Sync();
        robot.ExpectError("""{"type":"join","room":"#three"}""", "too_many_rooms");
    }

    [Theory]
    [EveryIo]
    public void Room_beyond_the_limit_is_not_made_until_one_ends(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--max-rooms", "3");
        using var scene = new Scene(server);
        var alice = scene.Nobody();
        alice.Sync();
        alice.Send("/join #one", "/join #two");
        alice.Sync();
        alice.ExpectError("/join #three", "the server has 3 rooms, the maximum: join one of them");
        var robot = scene.Track(server.ConnectFrames());
        robot.Sync();
        robot.ExpectError("""{"type":"join","room":"#three"}""", "server_rooms_full");
        robot.Send("""{"type":"join","room":"#one"}""");
        robot.Sync();
        alice.Sync();
        alice.Send("/part #two", "/join #three");
        alice.Expect("* ... left #two", "* you are in #three (1 here), no topic");
    }

    [Theory]
    [EveryIo]
    public void Limits_of_line_and_frame_follow_their_options(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--max-line-bytes", "100", "--max-frame-bytes", "200");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        alice.Send(new string('x', 100), new string('x', 101));
        alice.Expect("! the line is longer than 100 bytes: it was dropped");
        robot.Expect($$"""{"type":"said","room":"...","seq":3,"time":"...","from":"...","text":"{{new string('x', 100)}}"}""");
        robot.ExpectError($$"""{"type":"say","text":"{{new string('x', 101)}}"}""", "too_long");
        robot.ExpectError($$"""{"type":"say","text":"{{new string('x', 200)}}"}""", "too_long");
        robot.SendBytes(FrameClient.Header(801));
        robot.Expect("""{"type":"error","code":"too_long","message":"..."}""");
        robot.ExpectEnd();
    }
}
