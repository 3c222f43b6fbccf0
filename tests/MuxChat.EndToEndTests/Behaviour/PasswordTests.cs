using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>A server with a password, on lines and frames. (IRC has its cases in a table.)</summary>
public sealed class PasswordTests(SharedServers servers)
{
    private const string Asks = "* This server needs a password: /pass PASSWORD";
    private const string First = "! this server needs its password first: /pass PASSWORD";
    private const string Wrong = "! wrong server password";

    [Theory]
    [EveryIo]
    public void Line_client_is_nobody_before_the_password_is_right(string io)
    {
        var server = servers.WithPassword(io);
        using var alice = Inside(server, "alice");
        using var bob = server.ConnectLines();
        bob.Expect(Asks);
        bob.Send("hello?", "/who", "/dance", "/nick " + alice.Nick, "/pass", "/pass wrong", "/pass open");
        bob.Expect(First, First, First, First, "! the password is missing: /pass PASSWORD", Wrong, Wrong);
        alice.Send("/stats");
        var before = alice.ReadUntil(line => line.StartsWith("* clients ", StringComparison.Ordinal))[^1];
        bob.Send("/pass open sesame", "/ping in", "/pass open sesame");
        bob.Expect("* Welcome to MuxChat! You are guest-...");
        bob.ReadUntil(line => line == "* pong in");
        bob.Expect("* no password is needed");
        alice.Send("/stats");
        var after = alice.ReadUntil(line => line.StartsWith("* clients ", StringComparison.Ordinal))[^1];
        Assert.True(Clients(after) > 0 && Clients(before) > 0, before + after);
    }

    [Theory]
    [EveryIo]
    public void Frame_client_is_nobody_before_the_password_is_right(string io)
    {
        using var robot = servers.WithPassword(io).ConnectFrames();
        robot.Expect("""{"type":"password"}""");
        robot.Send("""{"type":"ping","id":1}""", """{"type":"dance","id":2}""", """{"type":"say","text":"x"}""", "{",
            """{"type":"pass","id":3}""", """{"type":"pass","password":"wrong","id":4}""");
        robot.Expect(
            """{"type":"error","id":1,"code":"password_needed","message":"..."}""",
            """{"type":"error","id":2,"code":"password_needed","message":"..."}""",
            """{"type":"error","code":"password_needed","message":"..."}""",
            """{"type":"error","code":"bad_json","message":"..."}""",
            """{"type":"error","id":3,"code":"missing_field","message":"..."}""",
            """{"type":"error","id":4,"code":"bad_password","message":"..."}""");
        robot.Send("""{"type":"pass","password":"open sesame","id":5}""");
        var welcome = robot.ReadUntil(frame => (string?)frame["type"] == "ok");
        Assert.Equal(["welcome", "joined", "room", "ok"], welcome.Select(frame => (string?)frame["type"]));
        robot.Send("""{"type":"pass","password":"whatever","id":6}""");
        Assert.Equal("ok", (string?)robot.ReadUntil(frame => frame["id"] is not null)[^1]["type"]);
    }

    [Theory]
    [EveryIo]
    public void Third_wrong_password_ends_the_connection(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--password", "open sesame");
        using var line = server.ConnectLines();
        line.Send("/pass a", "/pass b", "/pass c", "/pass open sesame", "hello");
        line.Expect(Asks, Wrong, Wrong, Wrong, "* goodbye: wrong password");
        line.ExpectEnd();
        using var robot = server.ConnectFrames();
        for (var i = 0; i < 3; i++)
        {
            robot.Send("""{"type":"pass","password":"a"}""");
        }

        Assert.Equal(["password", "error", "error", "error", "closing"],
            robot.ReadUntil(frame => (string?)frame["type"] == "closing").Select(frame => (string?)frame["type"]));
        robot.ExpectEnd();
        Assert.NotNull(server.Errors.WaitFor(
            text => text.Contains("cut 127.0.0.1:", StringComparison.Ordinal)
                && text.Contains("wrong password", StringComparison.Ordinal)));
        Assert.DoesNotContain(server.Errors.Lines, text => text.Contains("sesame", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    public void Silent_client_on_auto_is_asked_as_a_person_and_hears_nothing(string io)
    {
        var server = servers.WithPassword(io);
        using var silent = server.ConnectLines("auto");
        silent.Expect(Asks);
        using var alice = Inside(server, "alice");
        alice.Send("/msg guest-1 psst", "said to all", "/ping 1");
        alice.ReadUntil(line => line == "* pong 1");
        silent.Send("/pass open sesame");
        silent.Expect("* Welcome to MuxChat! You are guest-...");
    }

    [Theory]
    [EveryIo]
    public void First_bytes_tell_the_protocol_as_ever(string io)
    {
        var server = servers.WithPassword(io);
        using var robot = server.ConnectFrames("auto");
        robot.Send("""{"type":"pass","password":"open sesame"}""");
        robot.Expect("""{"type":"password"}""", """{"type":"welcome","nick":"...","room":"#lobby","server":"MuxChat","text_bytes":4096}""");
        using var line = server.ConnectLines("auto");
        line.Send("/pass open sesame");
        line.Expect(Asks, "* Welcome to MuxChat! You are guest-...");
    }

    [Theory]
    [EveryIo]
    public void Client_that_leaves_before_it_is_in_leaves_nothing_behind(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--password", "p");
        using (var gone = server.ConnectLines())
        {
            gone.Expect(Asks);
            gone.Send("/nick x");
            gone.ShutdownSend();
            gone.Expect(First);
            gone.ExpectEnd();
        }

        using var alice = server.ConnectLines();
        alice.Send("/pass p", "/stats");
        alice.Expect(Asks, "* Welcome to MuxChat! You are guest-1, ...", "* you are in #lobby (1 here), no topic",
            "* clients 1, rooms 1");
    }

    [Fact]
    public void Variable_gives_the_password()
    {
        var environment = new Dictionary<string, string>
        {
            ["MUXCHAT_PASSWORD"] = "two words",
            ["MUXCHAT_OPER"] = SharedServers.Root + " " + SharedServers.Second
        };
        using var server = ServerProcess.Serve(Muxchat.StartInfo(["--listen", "line://127.0.0.1:0", "-v"], environment));
        using var alice = server.ConnectLines();
        alice.Expect(Asks);
        alice.Send("/pass two words");
        alice.Expect("* Welcome ...", "* you are in ...");
        alice.Send("/oper second open sesame");
        alice.Expect("* you are a server operator");
        Assert.DoesNotContain(server.Errors.Lines,
            line => line.Contains("two words", StringComparison.Ordinal) || line.Contains("sesame", StringComparison.Ordinal)
                || line.Contains("pbkdf2", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    public void Without_a_password_none_is_needed(string io)
    {
        using var scene = servers.Scene(io);
        var alice = scene.Line("alice");
        alice.Send("/pass whatever");
        alice.Expect("* no password is needed");
        var robot = scene.Frame("robot");
        alice.Sync();
        robot.Send("""{"type":"pass","password":"x","id":1}""");
        robot.Expect("""{"type":"ok","id":1}""");
        robot.ExpectNothing();
    }

    private static int Clients(string stats) =>
        int.Parse(stats.Split(' ')[2].TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture);

    private static LineClient Inside(ServerProcess server, string name)
    {
        var client = server.ConnectLines();
        client.Nick = Scene.NewNick(name);
        client.Send("/pass open sesame", "/nick " + client.Nick);
        client.Sync();
        return client;
    }
}
