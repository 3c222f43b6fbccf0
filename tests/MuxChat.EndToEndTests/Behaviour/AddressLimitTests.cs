using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// How many connections one address has, and how quickly it makes them. All clients here come from this
/// machine, so it is told to count them.
/// </summary>
public sealed class AddressLimitTests
{
    private const string TooMany = "your address has 3 connections, the maximum: close one first";
    private const string TooQuick = "your address connects too often (at most 5 times a minute): wait a minute";

    [Theory]
    [EveryIo]
    public void Connection_beyond_the_limit_of_its_address_is_told_and_closed(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--max-per-ip", "3", "--limit-loopback", "on");
        using var scene = new Scene(server);
        var inside = new[] { scene.Line("alice"), scene.Line("bob"), scene.Line("carol") };
        foreach (var protocol in (string[])["line", "auto"])
        {
            var fourth = scene.Track(server.ConnectLines(protocol));
            fourth.TrySendBytes("in a hurry\n"u8);
            fourth.Expect("! " + TooMany);

            // It was closed with unread input: that may be a reset.
            Assert.Empty(fourth.ReadToEnd());
        }

        var robot = scene.Track(server.ConnectFrames());
        robot.Expect($$"""{"type":"error","code":"too_many_connections","message":"{{TooMany}}"}""");
        robot.ExpectEnd();
        Assert.All(inside, client => client.ExpectNothing());
        Assert.Contains("has too many connections", server.Errors.WaitFor(IsTurnedAway), StringComparison.Ordinal);
        Assert.Single(server.Errors.Lines, IsTurnedAway);
    }

    [Theory]
    [EveryIo]
    public void Place_of_a_connection_is_free_again_however_it_ended(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--max-per-ip", "1", "--limit-loopback", "on", "--connect-rate", "100000", "-v");
        Action<LineClient>[] ends = [client => client.Send("/quit"), client => client.ShutdownSend(), client => client.Reset(),
            client => client.Dispose()];
        foreach (var end in ends)
        {
            using var client = EnterWhenFree(server);
            end(client);
        }

        using var last = EnterWhenFree(server);
        using var beyond = server.ConnectLines();
        beyond.Expect("! your address has 1 connections, the maximum: close one first");
    }

    [Theory]
    [EveryIo]
    public void Address_that_connects_too_often_is_told_and_closed(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--connect-rate", "5", "--limit-loopback", "on");
        using var scene = new Scene(server);
        for (var i = 0; i < 5; i++)
        {
            using var client = server.ConnectLines();
            client.Expect("* Welcome to MuxChat! ...");
        }

        scene.Nobody().Expect("! " + TooQuick);
        var robot = scene.Track(server.ConnectFrames());
        robot.Expect($$"""{"type":"error","code":"connect_rate","message":"{{TooQuick}}"}""");
        robot.ExpectEnd();
        Assert.Contains("its address connects too often", server.Errors.WaitFor(IsTurnedAway), StringComparison.Ordinal);
    }

    [Theory]
    [EveryIo]
    public void Own_machine_has_no_limit_unless_told(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--max-per-ip", "1", "--connect-rate", "1");
        using var scene = new Scene(server);
        for (var i = 0; i < 5; i++)
        {
            scene.Line("one");
        }

        Assert.DoesNotContain(server.Errors.Lines, line => line.Contains("turned", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    public void Storm_of_connections_leaves_one_log_line_and_those_inside_in_peace(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--connect-rate", "2", "--limit-loopback", "on");
        using var scene = new Scene(server);
        var (alice, bob) = (scene.Line("alice"), scene.Line("bob"));
        for (var i = 0; i < 200; i++)
        {
            using var foreign = server.ConnectLines();
            foreign.Expect("! your address connects too often (at most 2 times a minute): wait a minute");
            foreign.ExpectEnd();
        }

        alice.Send("still here");
        bob.Expect($"<{alice.Nick}> still here");
        Assert.NotNull(server.Errors.WaitFor(IsTurnedAway));
        Assert.Single(server.Errors.Lines, IsTurnedAway);
    }

    private static bool IsTurnedAway(string line) => line.Contains("turned 127.0.0.1:", StringComparison.Ordinal);

    // The place is free once the server has seen the end; until then one is turned away.
    private static LineClient EnterWhenFree(ServerProcess server)
    {
        var patience = new Patience();
        while (true)
        {
            patience.Check("a place is free");
            var client = server.ConnectLines();
            if (client.ReadLine().StartsWith("* Welcome", StringComparison.Ordinal))
            {
                return client;
            }

            client.Dispose();
        }
    }
}
