using System.Globalization;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>Server operators on lines and frames, and what happens around them. (IRC has its cases in a table.)</summary>
public sealed class OperatorTests(SharedServers servers)
{
    private const string Refused = "! wrong operator name or password";

    [Theory]
    [EveryIo]
    public void Operator_on_lines_may_what_others_may_not(string io)
    {
        using var scene = new Scene(servers.WithOperators(io));
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.Send("/kill " + bob.Nick, "/rehash", "/wallops x", "/oper root", "/oper root wrong");
        const string NoRight = "! only server operators may do that";
        alice.Expect(NoRight, NoRight, NoRight, "! the password is missing: /oper NAME PASSWORD", Refused);
        alice.Send("/oper root secret");
        alice.Expect("* you are a server operator");
        alice.Send("/oper root secret", "/kill", "/kill nobody", "/kill a,b", "/wallops", "/kill x " + new string('r', 301));
        alice.Expect("* you are a server operator", "! the nick is missing: /kill NICK [reason]", "! no such nick: nobody",
            "! a nick is 1 to 30 ...", "! the text is missing: /wallops text", "! no such nick: x");
        alice.Send("/rehash");
        alice.Expect("* the server's files were read again");
        alice.Send($"/kill {bob.Nick} too loud");
        bob.Expect($"* goodbye: killed by {alice.Nick}: too loud");
        bob.ExpectEnd();
        alice.Expect($"* {bob.Nick} quit: killed by {alice.Nick}: too loud");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Operator_on_frames_may_what_others_may_not(string io)
    {
        using var scene = new Scene(servers.WithOperators(io));
        var robot = scene.Frame("robot");
        robot.ExpectError("""{"type":"kill","nick":"x"}""", "not_operator");
        robot.ExpectError("""{"type":"rehash"}""", "not_operator");
        robot.ExpectError("""{"type":"wallops","text":"x"}""", "not_operator");
        robot.ExpectError("""{"type":"oper","name":"root"}""", "missing_field");
        robot.ExpectError("""{"type":"oper","password":"secret"}""", "missing_field");
        robot.Send("""{"type":"oper","name":"root","password":"wrong","id":"a"}""");
        robot.Expect("""{"type":"error","id":"a","code":"bad_password","message":"..."}""");
        robot.Send("""{"type":"oper","name":"root","password":"secret","id":"b"}""");
        robot.Expect($$"""{"type":"oper","nick":"{{robot.Nick}}"}""", """{"type":"ok","id":"b"}""");
        robot.Send("""{"type":"rehash","id":"c"}""");
        robot.Expect("""{"type":"ok","id":"c"}""");
        robot.ExpectError("""{"type":"kill","nick":"nobody"}""", "unknown_nick");
        robot.ExpectError("""{"type":"kill","nick":"1"}""", "bad_nick");
        robot.ExpectError("""{"type":"kill"}""", "missing_field");
        var alice = scene.Line("alice");
        robot.Sync();
        robot.ExpectError($$"""{"type":"kill","nick":"{{alice.Nick}}","reason":"{{new string('r', 301)}}"}""", "too_long");
        robot.ExpectError($$"""{"type":"kill","nick":"{{alice.Nick}}","reason":"\u001b"}""", "control_character");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Third_wrong_password_ends_the_connection_and_is_logged(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--oper", SharedServers.Root);
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        for (var i = 0; i < 3; i++)
        {
            alice.Send("/oper ro\u202eot wrong");
            alice.Expect(Refused);
        }

        alice.Expect("* goodbye: wrong password");
        alice.ExpectEnd();
        bob.Expect($"* {alice.Nick} quit: wrong password");
        bob.Send("/oper root secret");
        bob.Expect("* you are a server operator");
        Assert.NotNull(server.Errors.WaitFor(
            line => line.Contains($"{alice.Nick} from {alice.LocalName} gave a wrong password for server operator ro\\u{{202E}}ot",
                StringComparison.Ordinal)));
        Assert.NotNull(server.Errors.WaitFor(
            line => line.Contains($"{bob.Nick} from {bob.LocalName} gave the password of server operator root", StringComparison.Ordinal)));
        scene.Forget(alice);
        var carol = scene.Line("carol");
        bob.Sync();
        bob.Send($"/kill {carol.Nick} x");
        Assert.NotNull(server.Errors.WaitFor(
            line => line.Contains($"server operator {bob.Nick} from {bob.LocalName} killed {carol.Nick}", StringComparison.Ordinal)));
        Assert.DoesNotContain(server.Errors.Lines,
            line => line.Contains("secret", StringComparison.Ordinal) || line.Contains("wrong for", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    public void Server_without_operators_says_so(string io)
    {
        using var scene = servers.Scene(io);
        scene.Line("alice").ExpectError("/oper root secret", "this server has no operators");
        scene.Frame("robot").ExpectError("""{"type":"oper","name":"root","password":"secret"}""", "no_operators");
    }

    [Theory]
    [EveryIo]
    public void Silent_client_is_killed_at_once(string io)
    {
        using var scene = new Scene(servers.WithOperators(io));
        var alice = Operator(scene);
        var victims = (WireClient[])[scene.Line("line"), scene.Frame("frame")];
        alice.Sync();
        foreach (var victim in victims)
        {
            alice.Send($"/kill {victim.Nick} bye");
            alice.Expect($"* {victim.Nick} quit: killed by {alice.Nick}: bye");
            Assert.Contains($"killed by {alice.Nick}: bye", System.Text.Encoding.UTF8.GetString(victim.ReadToEnd()),
                StringComparison.Ordinal);
            Assert.False(victim.WasReset);
        }
    }

    [Theory]
    [EveryIo]
    public void Client_that_reads_nothing_is_killed_at_once(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "-v", "--oper", SharedServers.Root, "--outbox-hard-bytes",
            "100000000", "--outbox-soft-bytes", "100000000");
        using var scene = new Scene(server);
        var alice = Operator(scene);
        var stalled = scene.Enter(scene.Track(new LineClient(server.EndPoint("line"), receiveBufferBytes: 4096)), "stalled");
        alice.Sync();
        var padding = new string('x', 4000);
        for (var i = 0; i < 5; i++)
        {
            // More than the kernel takes, and never so much that it takes long.
            alice.Send([.. Enumerable.Repeat(padding, 250)]);
            alice.Sync();
        }

        alice.Send($"/kill {stalled.Nick} read!");
        alice.Expect($"* {stalled.Nick} quit: killed by {alice.Nick}: read!");

        // A client that ends in any other way has 5 s to read what is queued. Two that are silent on auto are greeted after half a second
        // each, by the server's own clock: this one is gone before the second of them comes.
        using (var first = server.ConnectLines("auto"))
        {
            first.ReadLine();
        }

        using var second = server.ConnectLines("auto");
        second.ReadLine();
        var killed = server.Errors.WaitFor(line => line.Contains($"({stalled.Nick}): Killed", StringComparison.Ordinal));
        var accepted = server.Errors.WaitFor(line => line.Contains($"accepted {second.LocalName}", StringComparison.Ordinal));
        var lines = server.Errors.Lines.ToList();
        Assert.True(lines.IndexOf(killed!) < lines.IndexOf(accepted!), $"not killed at once:\n{string.Join('\n', lines)}");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Client_held_back_for_flooding_is_killed_at_once(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-rate", "1", "--oper", SharedServers.Root);
        using var alice = server.ConnectLines();
        alice.Send("/nick alice", "/oper root secret");
        alice.ReadUntil(line => line == "* you are a server operator");
        using var bob = server.ConnectLines();
        bob.Send([.. Enumerable.Range(0, 40).Select(n => n == 0 ? "/nick bob" : $"line {n}")]);
        alice.ReadUntil(line => line == "<bob> line 15");
        alice.Send("/kill bob slowly");
        Assert.Equal("* bob quit: killed by alice: slowly",
            alice.ReadUntil(line => line.Contains(" quit: ", StringComparison.Ordinal))[^1]);
        Assert.Equal("* goodbye: killed by alice: slowly", bob.ReadLinesToEnd()[^1]);
        alice.Send("/who");
        alice.Expect("* in #lobby: @alice", "* members of #lobby: 1");
    }

    [Theory]
    [EveryIo]
    public void Rehash_shows_newcomers_the_message_of_the_day_as_it_is_now(string io)
    {
        var motd = Path.GetTempFileName();
        try
        {
            File.WriteAllText(motd, "old\n");
            using var server = ServerProcess.Start("--io", io, "--oper", SharedServers.Root, "--motd", motd);
            using var alice = server.ConnectLines();
            alice.Send("/oper root secret");
            alice.Expect("* Welcome ...", "* old", "* you are in ...", "* you are a server operator",
                "* guest-1 set the modes of #lobby: +o guest-1");
            File.WriteAllText(motd, "new\n");
            alice.Send("/rehash");
            alice.Expect("* the server's files were read again");
            using var bob = server.ConnectLines();
            bob.Expect("* Welcome ...", "* new");
            alice.Expect("* guest-2 joined #lobby");

            // What cannot be used changes nothing.
            File.WriteAllText(motd, "\u001b[2J\n");
            alice.Send("/rehash");
            alice.Expect("! a file of the server could not be read again: see the server's log");
            File.Delete(motd);
            alice.Send("/rehash");
            alice.Expect("! a file of the server could not be read again: see the server's log");
            using var carol = server.ConnectLines();
            carol.Expect("* Welcome ...", "* new");
            Assert.NotNull(server.Errors.WaitFor(
                line => line.Contains("asked to read the server's files again: cannot read --motd", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(motd);
        }
    }

    // In the deep run: it takes as many seconds of processor time as there are passwords looked at.
    [Theory]
    [EveryIo]
    [Trait("run", "deep")]
    public void Verifying_a_password_keeps_nobody_waiting_and_takes_one_at_a_time(string io)
    {
        // Some seconds of work for each.
        var slow = string.Create(CultureInfo.InvariantCulture,
            $"slow:pbkdf2-sha256$3000000$MDEyMzQ1Njc4OWFiY2RlZg==${new string('A', 43)}=");
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "--oper", slow);
        using var alice = server.ConnectLines();
        using var bystander = server.ConnectLines();
        alice.Send("/oper slow x", "/ping 1");
        var others = Enumerable.Range(0, 24).Select(_ => server.ConnectLines()).ToList();
        try
        {
            // The stop resets connections that the server has not accepted yet.
            others.ForEach(static other => other.Sync());

            // At most one is worked on, and 16 wait; meanwhile perhaps one or two came to an end. The others are refused at once.
            using var refusals = new CountdownEvent(4);
            var refused = 0;
            void Ask(LineClient other)
            {
                other.Send("/oper slow x", "/ping 2");
                var read = other.ReadUntil(line => line == "* pong 2" || line.StartsWith("* goodbye: ", StringComparison.Ordinal));
                if (read.Contains("! too many requests are waiting: try again later")
                    && Interlocked.Increment(ref refused) <= refusals.InitialCount)
                {
                    refusals.Signal();
                }
            }

            void Stop()
            {
                Assert.True(refusals.Wait(Guard.Ms), $"only {refused} were refused");
                bystander.Sync();
                server.Signal("TERM");
            }

            Together.Run([.. others.Select(other => (Action)(() => Ask(other))), Stop]);
            Assert.InRange(refused, 4, 1 + 24 - 16);
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }

        // What the first sent behind its password waited for it.
        var heard = alice.ReadLinesToEnd();
        Assert.True(!heard.Contains("* pong 1") || heard.IndexOf("! wrong operator name or password") is >= 0 and var at
            && at < heard.IndexOf("* pong 1"), string.Join('\n', heard));
        Assert.Equal(0, server.WaitForExit());
    }

    private static LineClient Operator(Scene scene)
    {
        var alice = scene.Line("alice");
        alice.Send("/oper root secret");
        alice.Expect("* you are a server operator");
        return alice;
    }
}
