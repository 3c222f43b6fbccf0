using System.Text;
using System.Text.Json.Nodes;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>The admin's commands on lines, frames, IRC and exec, for operators and for members.</summary>
public sealed class CommandTests
{
    private const string NoRight = "! only server operators may do that";

    private static readonly string[] Commands =
    [
        "--flood", "off", "--oper", SharedServers.Root, "--listen", "line://127.0.0.1:0", "--listen", "frame://127.0.0.1:0",
        "--listen", "irc://127.0.0.1:0",
        "--command", "say=/bin/echo {([^-].*)?}*", "--command", "fail=/bin/sh -c echo>&2;exit${IFS}3",
        "--command", "lines=/usr/bin/seq {\\d{1,7}}", "--command", "sleep=/bin/sleep {\\d+}",
    ];

    public static TheoryData<string> LoopModels => ["select", "epoll"];

    [Theory]
    [MemberData(nameof(LoopModels))]
    public void Operator_on_lines_runs_commands_and_others_may_not(string io)
    {
        using var server = Start(io);
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        bob.Send("/run", "/run say hi", "/run none");
        bob.Expect(NoRight, NoRight, NoRight);
        alice.Send("/oper root secret");
        alice.Expect("* you are a server operator");
        alice.Send("/run");
        alice.Expect("* /run say {([^-].*)?}*", "* /run fail", "* /run lines {\\d{1,7}}",
            "* /run sleep {\\d+}");
        alice.Send("/run say hello  \"two  words\"", "/run fail", "/run none");
        alice.Expect("* run say:", "* | hello two  words", "* run say: exit 0", "* run fail:", "* ! ", "* run fail: exit 3",
            "! this command is not one that the server runs");
        bob.ExpectNothing();
        var ran = $"{alice.Nick} from {alice.LocalName} ran say hello \"two  words\": exit 0 after ";
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains(ran, StringComparison.Ordinal)));
    }

    [Fact]
    public void Member_runs_commands_if_the_admin_lets_members()
    {
        using var server = Start("auto", "--command-for", "members");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        alice.Send("/run say hi");
        alice.Expect("* run say:", "* | hi", "* run say: exit 0");
    }

    [Fact]
    public void Lines_of_others_arrive_while_a_command_runs_and_own_lines_wait()
    {
        using var server = Start("auto", "--command-for", "members", "--command-s", "1");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        alice.Sync();
        alice.Send("/run sleep 1000", "after");
        alice.Expect("* run sleep:");
        bob.Send("meanwhile");
        alice.Expect($"<{bob.Nick}> meanwhile", "* run sleep: ended at the time limit of 1 s");
        bob.Expect($"<{alice.Nick}> after");
    }

    [Fact]
    public void Operator_on_frames_gets_the_bytes_the_end_and_then_ok()
    {
        using var server = Start("auto");
        using var scene = new Scene(server);
        var robot = scene.Frame("robot");
        robot.ExpectError("""{"type":"run"}""", "not_operator");
        robot.ExpectError("""{"type":"run","name":"say"}""", "not_operator");
        robot.Send("""{"type":"oper","name":"root","password":"secret","id":1}""");
        robot.Expect($$"""{"type":"oper","nick":"{{robot.Nick}}"}""", """{"type":"ok","id":1}""");
        robot.Send("""{"type":"run","id":2}""");
        robot.Expect("""{"type":"programs","programs":"..."}""", """{"type":"ok","id":2}""");
        robot.Send("""{"type":"run","name":"say","args":["a b","","c"],"id":"x"}""");
        robot.Expect("""{"type":"output","id":"x","stream":"out","data":"YSBiICBjCg=="}""",
            """{"type":"ran","id":"x","name":"say","exit":0,"out":7,"err":0,"ms":"..."}""", """{"type":"ok","id":"x"}""");
        robot.Send("""{"type":"run","name":"fail"}""");
        robot.Expect("""{"type":"output","stream":"err","data":"Cg=="}""",
            """{"type":"ran","name":"fail","exit":3,"out":0,"err":1,"ms":"..."}""");
        robot.ExpectError("""{"type":"run","name":"none"}""", "unknown_program");
        robot.ExpectError("""{"type":"run","name":"lines","args":["x"]}""", "bad_field");
    }

    [Fact]
    public void Large_output_arrives_whole_on_frames_though_it_is_read_late()
    {
        using var server = Start("auto", "--command-for", "members", "--command-output-kb", "10240");
        using var robot = new FrameClient(server.Address("frame"), receiveBufferBytes: 8192);
        robot.Send("""{"type":"run","name":"lines","args":["1000000"],"id":1}""");
        var output = new StringBuilder();
        JsonObject frame;
        while ((string?)(frame = robot.Read())["type"] != "ran")
        {
            var isOutput = (string?)frame["type"] == "output";
            output.Append(isOutput ? Encoding.ASCII.GetString(Convert.FromBase64String((string)frame["data"]!)) : "");
        }

        Assert.Equal((6_888_896, 0), ((int)frame["out"]!, (int)frame["exit"]!));
        Assert.Equal(string.Concat(Enumerable.Range(1, 1_000_000).Select(static i => $"{i}\n")), output.ToString());
    }

    [Fact]
    public void Operator_on_irc_gets_notices_and_others_know_no_such_command()
    {
        using var server = Start("auto");
        using var irc = server.ConnectIrc();
        irc.Send("NICK ann");
        irc.Send("USER a 0 * :a");
        irc.Send("RUN say hi");
        ReadUntil(irc, ":muxchat.local 421 ann RUN :Unknown command");
        irc.Send("OPER root secret");
        ReadUntil(irc, ":ann MODE ann :+o");
        irc.Send("RUN");
        ReadUntil(irc, ":muxchat.local NOTICE ann :RUN sleep {\\d+}");
        irc.Send("RUN say a :b c");
        ReadUntil(irc, ":muxchat.local NOTICE ann :| a b c");
        Assert.Equal(":muxchat.local NOTICE ann :run say: exit 0", irc.Read());
        irc.Send("RUN none");
        Assert.Equal(":muxchat.local NOTICE ann :this command is not one that the server runs", irc.Read());
    }

    [Fact]
    public void Command_ends_when_its_client_resets_and_when_the_server_stops()
    {
        using var server = Start("auto", "--command-for", "members", "--command-s", "1000");
        using var alice = server.ConnectLines();
        alice.Send("/run sleep 100001");
        alice.ReadUntil(static line => line == "* run sleep:");
        alice.Reset();
        Assert.NotNull(server.Errors.WaitFor(
            static line => line.Contains("ran sleep 100001: ended, because its client has gone", StringComparison.Ordinal)));
        using var bob = server.ConnectLines();
        bob.Send("/run sleep 100002");
        bob.ReadUntil(static line => line == "* run sleep:");
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.DoesNotContain(Directory.GetDirectories("/proc"), static process => CommandLineOf(process) == "/bin/sleep\0100002\0");
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("async")]
    public void Other_models_refuse_commands(string io)
    {
        var run = ProgramRun.Of(Muxchat.StartInfo(["serve", "--io", io, "--command", "say=/bin/echo"]), Guard.Ms);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--command say: only the event loop serves it; use --io auto, select or epoll", run.ErrorText,
            StringComparison.Ordinal);
    }

    private static ServerProcess Start(string io, params string[] options) => ServerProcess.Start(["--io", io, .. Commands, .. options]);

    private static void ReadUntil(IrcClient client, string line)
    {
        while (client.Read(line) != line)
        {
        }
    }

    private static string CommandLineOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No process, or one that has just ended.
            return "";
        }
    }
}
