using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Terminal;

/// <summary><c>muxchat talk</c> without a terminal: events out, lines in, and the end of the input ends it.</summary>
public sealed class PlainTalkTests
{
    [Fact]
    public void Lines_are_said_events_are_printed_and_the_end_of_the_input_ends_it()
    {
        using var server = ServerProcess.Start();
        using var alice = server.ConnectLines();
        alice.Send("/nick alice", "/part #lobby", "/join tea");
        alice.Sync();
        using var talk = Start(server, "--room", "tea", "--nick", "bob");
        talk.TypeLine("hello, 世界 👋");
        alice.Expect("* bob joined #tea", "<bob> hello, 世界 👋");
        alice.Send("hello \u202Eyourself");
        Assert.NotNull(talk.Output.WaitFor(static line => line.EndsWith(" #tea <alice> hello \uFFFDyourself", StringComparison.Ordinal)));
        talk.TypeLine("/me waves");
        talk.SendInput("//slash");
        Assert.Equal(0, talk.WaitForExit());
        alice.Expect("** bob waves", "<bob> /slash", "* bob quit...");
        Assert.Empty(talk.Errors.Lines);
    }

    [Fact]
    public void Mistakes_are_lines_on_standard_error_and_make_the_exit_code_1()
    {
        using var server = ServerProcess.Start();
        using var talk = Start(server);
        talk.SendInput("/dance\n/stats\n/topic\n");
        Assert.Equal(1, talk.WaitForExit());
        Assert.Equal(
            ["muxchat: there is no command /dance: /help lists them, and //dance says it as a text",
                "muxchat: the server has a request stats, but this client has no command for it: use nc or a program"],
            talk.Errors.Lines);
        Assert.EndsWith("#lobby -- #lobby has no topic", talk.Output.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/kick x", "no such nick: x")]
    [InlineData("/msg x psst", "acknowledged 0 of 1 lines")]
    public void Command_that_is_refused_makes_the_exit_code_1(string line, string says)
    {
        using var server = ServerProcess.Start();
        using var talk = Start(server);
        talk.SendInput(line + "\n");
        Assert.Equal(1, talk.WaitForExit());
        Assert.Equal($"muxchat: {says}", talk.Errors.Lines[^1]);
    }

    [Fact]
    public void Person_at_a_terminal_sees_the_mistakes_and_the_exit_code_stays_0()
    {
        using var server = ServerProcess.Start();
        using var talk = new TerminalProcess($"talk {server.EndPoint("auto")} >/dev/null");
        talk.Type("/dance\n");
        talk.ReadTo("says it as a text");
        talk.Type("/quit\n");
        Assert.Equal(0, talk.WaitForExit());
    }

    [Fact]
    public void Tilde_is_the_home_directory_of_what_is_shared_and_saved()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has another home directory.");
        using var home = new DataFolder();
        using var data = new DataFolder();
        using var server = ServerProcess.Start("--data", data.Path);
        File.WriteAllText(Path.Combine(home.Path, "my report.txt"), "hello");
        foreach (var line in (string[])["/share ~/my report.txt", "/get 1 ~/copy.txt"])
        {
            var start = Muxchat.StartInfo(["talk", $"{server.EndPoint("auto")}"], new Dictionary<string, string> { ["HOME"] = home.Path });
            start.RedirectStandardInput = true;
            using var talk = new ProgramProcess(start);
            talk.SendInput(line + "\n");
            Assert.True(talk.WaitForExit() == 0, talk.Describe());
        }

        Assert.Equal("hello", File.ReadAllText(Path.Combine(home.Path, "copy.txt")));
    }

    [Fact]
    public void Help_names_each_command()
    {
        using var server = ServerProcess.Start();
        using var talk = Start(server);
        talk.SendInput("/help\n");
        Assert.Equal(0, talk.WaitForExit());
        Assert.Contains(talk.Output.Lines, static line => line.Contains("/join ROOM [KEY]", StringComparison.Ordinal));
        Assert.Contains(talk.Output.Lines, static line => line.Contains("/quit [TEXT]", StringComparison.Ordinal));
    }

    [Fact]
    public void Line_that_is_refused_makes_the_exit_code_1()
    {
        using var server = ServerProcess.Start();
        using var talk = Start(server);
        talk.SendInput("fine\nbad \u001b[2J\n");
        Assert.Equal(1, talk.WaitForExit());
        Assert.Equal("muxchat: acknowledged 1 of 2 lines", talk.Errors.Lines[^1]);
    }

    [Fact]
    public void Server_that_was_never_there_is_one_line()
    {
        var ended = Muxchat.RunWithInput("x\n", "talk", "127.0.0.1:1");
        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("muxchat: cannot reach 127.0.0.1:1: ", ended.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Listener_that_answers_with_frames_and_is_no_chat_is_one_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "commands work on Unix only");
        using var server = ServerProcess.Start("--listen", "exec://127.0.0.1:0", "--command", "true=/bin/true");
        var ended = Muxchat.RunWithInput("x\n", "talk", $"{server.EndPoint("exec")}");
        Assert.Equal(1, ended.ExitCode);
        Assert.Equal("muxchat: that is no chat server: its frames have no type", ended.Errors[0]);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT", Traits = ["run", "deep"])]
    [InlineData("HUP", Traits = ["run", "deep"])]
    public void Signal_ends_it(string signal)
    {
        using var server = ServerProcess.Start();
        using var talk = Start(server, "--nick", "bob");
        talk.Output.WaitFor(static line => line.EndsWith("bob joined", StringComparison.Ordinal)
            || line.EndsWith("is now bob", StringComparison.Ordinal));
        talk.Signal(signal);
        Assert.Equal(0, talk.WaitForExit());
    }

    [Fact]
    public void It_ends_when_nothing_reads_its_output_any_more()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such pipes.");
        using var server = ServerProcess.Start();
        var start = Programs.Command(["sh", "-c", "\"$0\" \"$@\" | head -n 1", .. Muxchat.Words, "talk",
            server.EndPoint("auto").ToString(), "--room", "tea", "--nick", "bob"]);
        start.RedirectStandardInput = true;
        using var both = new ProgramProcess(start);
        Assert.Equal(0, both.WaitForExit());
        Assert.Equal("muxchat: nothing reads standard output any more", Assert.Single(both.Errors.Lines));
    }

    /// <summary>Lines typed before, during and after the server's death are in the journal once, and in order.</summary>
    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM", Traits = ["run", "deep"])]
    public void Lines_survive_a_restart_of_the_server(string signal)
    {
        using var data = new DataFolder();
        var server = ServerProcess.Start("--data", data.Path, "--flood", "off", "--listen", "auto://127.0.0.1:0");
        try
        {
            var listen = $"auto://{server.EndPoint("auto")}";
            using var talk = Start(server, "--room", "tea", "--nick", "bob");
            using var hears = Start(server, "--room", "tea", "--nick", "alice");
            hears.Output.WaitFor(static line => line.EndsWith("alice joined", StringComparison.Ordinal));
            for (var i = 0; i < 50; i++)
            {
                talk.TypeLine($"line {i}");
            }

            hears.Output.WaitFor(static line => line.EndsWith("<bob> line 5", StringComparison.Ordinal));
            server.Signal(signal);
            server.WaitForExit();
            talk.Errors.WaitFor(static line => line.Contains("trying again", StringComparison.Ordinal));
            talk.TypeLine("line 50");
            server.Dispose();
            server = ServerProcess.Start("--data", data.Path, "--flood", "off", "--listen", listen);
            talk.SendInput("line 51\n");
            Assert.True(talk.WaitForExit() == 0, talk.Describe());
            hears.Output.WaitFor(static line => line.EndsWith("<bob> line 51", StringComparison.Ordinal));

            // A line that only the memory of the killed server had was heard, and is heard again in its new place.
            var heard = hears.Output.Lines.Where(static line => line.Contains("<bob>", StringComparison.Ordinal))
                .Select(static line => line.Split("<bob> ")[1]).ToList();
            string[] all = [.. Enumerable.Range(0, 52).Select(static number => $"line {number}")];
            Assert.Equal(all, heard.Distinct());
            Assert.DoesNotContain(hears.Output.Lines, static line => line.Contains("---", StringComparison.Ordinal));
            var kept = Muxchat.Run(["journal", "dump", data.Path, "tea"]).Output
                .Where(static line => line.Contains("\"said\"", StringComparison.Ordinal))
                .Select(static line => line.Split("\"text\":\"")[1].Split('"')[0]);
            Assert.Equal(all, kept);
        }
        finally
        {
            server.Dispose();
        }
    }

    private static ProgramProcess Start(ServerProcess server, params string[] arguments)
    {
        var start = Muxchat.StartInfo(["talk", server.EndPoint("auto").ToString(), .. arguments]);
        start.RedirectStandardInput = true;
        return new ProgramProcess(start);
    }
}
