using System.Text.Json.Nodes;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Restart;

/// <summary>How a room stands is the same after everybody has left, after a restart, and when the segment that told it is gone.</summary>
public sealed class StandingTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [EveryIo]
    public void Standing_survives_an_empty_room_and_a_restart(string io)
    {
        using var data = new DataFolder();
        using (var server = Start(data, io))
        using (var scene = new Scene(server))
        {
            var alice = scene.Line("alice");
            var bob = scene.Track(new IrcClient(server.EndPoint("auto"))).LogIn("bob");
            Decide(alice);
            AssertStands(alice, bob);

            // Nobody is in any of them now.
            AssertStands(alice, bob);
            Stop(server);
        }

        using var again = Start(data, io);
        using var after = new Scene(again);
        AssertStands(after.Line("alice"), after.Track(new IrcClient(again.EndPoint("auto"))).LogIn("bob"));
        Stop(again);
        AssertDumped(data);
    }

    [Fact]
    public void Standing_survives_the_segment_that_told_it()
    {
        using var data = new DataFolder();
        using (var server = Start(data, "auto", "--retain-mb", "4"))
        using (var scene = new Scene(server))
        {
            var alice = scene.Line("alice");
            Decide(alice);
            alice.Sync();
            FillUntilTheFirstSegmentIsGone(scene, data);
            server.Kill();
        }

        using var again = Start(data, "auto", "--retain-mb", "4");
        using var after = new Scene(again);
        AssertStands(after.Line("alice"), after.Track(new IrcClient(again.EndPoint("auto"))).LogIn("bob"));
    }

    [Theory]
    [EveryIo]
    public void Server_operator_seats_somebody_on_every_protocol(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "--oper", SharedServers.Root);
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        var irc = scene.Track(new IrcClient(server.EndPoint("auto"))).LogIn("irc");
        var names = Enumerable.Range(0, 3).Select(_ => Scene.NewRoom()).ToArray();
        foreach (var name in names)
        {
            alice.Send($"/join {name}", "/mode +ti", "/part");
        }

        alice.Sync();
        alice.Send($"/op {names[0]} {irc.Nick}");
        alice.Expect($"! there is no room {names[0]}: join it to create it");
        alice.Send("/oper root secret");
        alice.Expect("* you are a server operator");

        // On lines: it was invited, and is the operator once it enters.
        alice.Send($"/op {names[0]} {irc.Nick}");
        alice.Expect($"* {alice.Nick} invited {irc.Nick} to {names[0]}");
        Assert.Contains(irc.Ping(), line => line.EndsWith($" INVITE {irc.Nick} {names[0]}", StringComparison.Ordinal));
        irc.Send($"JOIN {names[0]}");
        irc.Send($"MODE {names[0]} -i");
        Assert.EndsWith($" MODE {names[0]} -i", irc.Ping()[^1], StringComparison.Ordinal);
        Assert.NotNull(server.Errors.WaitFor(line =>
            line.Contains($"server operator {alice.Nick} from {alice.LocalName} changed {names[0]}: +o {irc.Nick}",
                StringComparison.Ordinal)));

        // On IRC: a room in which nobody is is opened, and who comes is made its operator.
        irc.Send("OPER root secret");
        while (!irc.Read("381").Contains(" 381 ", StringComparison.Ordinal))
        {
        }

        irc.Send($"SAMODE {names[1]} -i");
        irc.Sync();
        robot.Send($$"""{"type":"join","room":"{{names[1]}}","id":1}""");
        robot.ReadUntil(static frame => (string?)frame["type"] == "ok");
        robot.ExpectError($$"""{"type":"mode","room":"{{names[1]}}","modes":"+m"}""", "not_room_operator");
        irc.Send($"SAMODE {names[1]} +o {robot.Nick}");
        robot.ReadUntil(frame => (string?)frame["type"] == "mode" && (string?)frame["modes"] == "+o " + robot.Nick);
        robot.Send($$"""{"type":"mode","room":"{{names[1]}}","modes":"+m","id":2}""");
        robot.ReadUntil(static frame => (string?)frame["type"] == "ok");

        // On frames.
        robot.ExpectError($$"""{"type":"op","room":"{{names[2]}}","nick":"{{robot.Nick}}"}""", "unknown_room");
        robot.Send("""{"type":"oper","name":"root","password":"secret","id":3}""");
        robot.ReadUntil(static frame => (string?)frame["type"] == "ok");
        robot.Send($$"""{"type":"op","room":"{{names[2]}}","nick":"{{robot.Nick}}","id":4}""");
        robot.ReadUntil(static frame => (string?)frame["type"] == "ok");
        robot.Send($$"""{"type":"join","room":"{{names[2]}}","id":5}""", $$"""{"type":"mode","room":"{{names[2]}}","modes":"-i","id":6}""");
        robot.ReadUntil(static frame => (string?)frame["type"] == "ok" && (int?)frame["id"] == 6);
    }

    // Alice makes four rooms and leaves them.
    private static void Decide(LineClient alice)
    {
        alice.Send("/join #keyed", "/mode +k sesame", "/join #banned", "/mode +b bob*", "/join #told", "/topic what it is about",
            "/mode +t");
        alice.Send("/join #invited", "/mode +i", "/part #keyed", "/part #banned", "/part #told", "/part #invited", "/ping decided");
        alice.ReadUntil(static line => line == "* pong decided");
    }

    // And they keep out whom they kept out, show what they showed, and make nobody their operator who only comes first.
    private static void AssertStands(LineClient alice, IrcClient bob)
    {
        foreach (var line in (string[])["JOIN #keyed", "JOIN #keyed wrong", "JOIN #banned", "JOIN #invited", "MODE #keyed"])
        {
            bob.Send(line);
        }

        var refused = bob.Ping();
        Assert.Equal(["475 #keyed", "475 #keyed", "474 #banned", "473 #invited", "403 #keyed"],
            refused.Select(static line => line.Split(' ')).Select(static words => $"{words[1]} {words[3]}"));
        foreach (var line in (string[])["JOIN #told", "TOPIC #told :mine", "MODE #told", "PART #told"])
        {
            bob.Send(line);
        }

        var told = bob.Ping();
        Assert.Contains($":muxchat.local 332 {bob.Nick} #told :what it is about", told);
        Assert.Contains(told, line => line.StartsWith($":muxchat.local 333 {bob.Nick} #told alice", StringComparison.Ordinal));
        Assert.Contains(told, line => line.StartsWith($":muxchat.local 482 {bob.Nick} #told ", StringComparison.Ordinal));
        Assert.Contains($":muxchat.local 324 {bob.Nick} #told +Cnt", told);
        Assert.Single(told, line => line.StartsWith($":muxchat.local 329 {bob.Nick} #told ", StringComparison.Ordinal));
        alice.Send("/join #keyed sesame", "/mode -k", "/part", "/join #banned", "/mode -b bob*", "/part", "/ping stands");
        var seen = alice.ReadUntil(static line => line == "* pong stands");
        Assert.Equal(2, seen.Count(static line => line.StartsWith("! you are not an operator of #", StringComparison.Ordinal)));
    }

    private static void AssertDumped(DataFolder data)
    {
        var dump = Muxchat.Run(["journal", "dump", data.Path]);
        Assert.Equal(0, dump.ExitCode);
        var last = dump.Output.Where(static line => line.Length > 0).Select(static line => JsonNode.Parse(line)!.AsObject())
            .Where(static line => (string?)line["type"] == "standing").GroupBy(static line => (string)line["room"]!)
            .ToDictionary(static room => room.Key, static room => room.Last(), StringComparer.Ordinal);
        Assert.Equal(("sesame", "+Cn"), ((string?)last["#keyed"]["key"], (string?)last["#keyed"]["modes"]));
        Assert.Equal("bob*!*@*", (string?)last["#banned"]["bans"]![0]!["mask"]);
        Assert.Equal(("what it is about", "+Cnt"), ((string?)last["#told"]["topic"], (string?)last["#told"]["modes"]));
        Assert.Equal("+Cin", (string?)last["#invited"]["modes"]);
    }

    private static void FillUntilTheFirstSegmentIsGone(Scene scene, DataFolder data)
    {
        var robot = scene.Frame("robot");
        var text = new string('x', 4000);
        for (var said = 0; File.Exists(Path.Combine(data.Path, "00000001.journal")); said++)
        {
            Assert.InRange(said, 0, 64 * MiB / text.Length);
            robot.Send($$"""{"type":"say","text":"{{text}}","id":{{said}}}""");
            robot.ReadUntil(static frame => (string?)frame["type"] == "ok");
        }
    }

    private static void Stop(ServerProcess server)
    {
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    private static ServerProcess Start(DataFolder data, string io, params string[] more) =>
        ServerProcess.Start(["--data", data.Path, "--io", io, "--flood", "off", .. more]);
}
