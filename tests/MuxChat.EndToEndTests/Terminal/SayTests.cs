using MuxChat.EndToEndTests.Tls;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Terminal;

/// <summary><c>muxchat say</c> through the built program: exit code 0 exactly when all was acknowledged, and one line otherwise.</summary>
public sealed class SayTests(StrictServer strict) : IClassFixture<StrictServer>
{
    private const int Refused = 1;
    private const int Usage = 2;

    [Fact]
    public void Text_is_said_under_the_nick_in_the_room()
    {
        using var server = ServerProcess.Start();
        using var alice = server.ConnectLines();
        alice.Send("/part #lobby", "/join alerts");
        alice.Sync();
        var ended = Say(server, "--room", "alerts", "--nick", "cron", "@alice", "disk", "is", "full", "世界 👋");
        Assert.Equal((0, ""), (ended.ExitCode, ended.ErrorText + ended.OutputText));
        alice.Expect("* cron joined #alerts", "<cron> @alice disk is full 世界 👋", "* cron quit...");
    }

    [Fact]
    public void Each_line_of_a_pipe_is_said_in_order()
    {
        using var server = ServerProcess.Start("--flood", "off");
        using var alice = server.ConnectLines();
        alice.Send("/part #lobby", "/join alerts");
        alice.Sync();
        string[] lines = [.. Enumerable.Range(1, 200).Select(static number => $"line {number}")];
        var ended = Muxchat.RunWithInput(string.Join("\r\n", lines) + "\n\n", "say", "--server", AddressOf(server), "--room", "#alerts");
        Assert.True(ended.ExitCode == 0, ended.ToString());
        var heard = alice.ReadUntil(static line => line.StartsWith('*') && line.Contains(" quit", StringComparison.Ordinal));
        Assert.Equal(lines, heard.Skip(1).SkipLast(1).Select(static line => line.Split("> ", 2)[1]));
    }

    [Fact]
    public void Flood_control_slows_a_pipe_down_and_loses_nothing()
    {
        using var server = ServerProcess.Start("--flood-burst", "5", "--flood-rate", "20");
        var ended = Muxchat.RunWithInput(string.Concat(Enumerable.Repeat("x\n", 40)), "say", "--server", AddressOf(server), "--room", "a");
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    [Theory]
    [InlineData(Usage, "there is nothing to say", "\n\n", "--room", "a")]
    [InlineData(Usage, "--room a b: a room name is", "x\n", "--room", "a b")]
    [InlineData(Usage, "--nick 1st: a nick is", "x\n", "--room", "a", "--nick", "1st")]
    [InlineData(Usage, "--timeout-s 0: it takes", "x\n", "--room", "a", "--timeout-s", "0")]
    [InlineData(Usage, "--tls-ca /no/such/file", "x\n", "--room", "a", "--tls-ca", "/no/such/file")]
    [InlineData(Refused, "#locked needs a key: give it with --key KEY; nothing was said", "x\n", "--room", "locked")]
    [InlineData(Refused, "cannot be alice: the nick alice is taken", "x\n", "--room", "a", "--nick", "alice")]
    [InlineData(Refused, "line 2 has 6 bytes more than the 64 that a text may have; acknowledged 1 of 2 lines",
        "x\n1234567890123456789012345678901234567890123456789012345678901234567890\ny\n", "--room", "a")]
    [InlineData(Refused, "control character", "a\u001b[1mb\n", "--room", "a")]
    public void Trouble_is_one_line_and_an_exit_code(int exitCode, string says, string input, params string[] arguments)
    {
        ExpectTrouble(exitCode, says, Muxchat.RunWithInput(input, ["say", "--server", AddressOf(strict.Server), .. arguments]));
    }

    [Fact]
    public void Input_that_is_not_UTF8_is_one_line()
    {
        using var server = ServerProcess.Start();
        var ended = ProgramRun.Of(Programs.Command(["sh", "-c", "printf 'a\\n\\377\\nb\\n' | \"$0\" \"$@\"", .. Muxchat.Words, "say",
            "--server", AddressOf(server), "--room", "a"]), Guard.Ms);
        ExpectTrouble(Refused, "line 2 of standard input is not UTF-8; acknowledged 1 of 1 lines", ended);
    }

    [Fact]
    public void Key_and_password_open_what_is_closed()
    {
        using var server = ServerProcess.Start("--password", "sesame");
        using var alice = server.ConnectLines();
        alice.Send("/pass sesame", "/join locked", "/mode +k open");
        alice.Sync();
        string[] arguments = ["say", "--server", AddressOf(server), "--room", "locked", "--key", "open", "hi"];
        var ended = Muxchat.Run(arguments, new Dictionary<string, string> { ["MUXCHAT_PASSWORD"] = "sesame" });
        Assert.True(ended.ExitCode == 0, ended.ToString());
        ExpectTrouble(Refused, "the server needs its password", Muxchat.Run(arguments));
        ExpectTrouble(Refused, "wrong server password", Muxchat.Run([.. arguments, "--password", "wrong"]));
    }

    [Fact]
    public void Server_that_is_not_there_or_speaks_something_else_is_one_line()
    {
        using var server = ServerProcess.Start();
        var port = server.EndPoint("line").Port;
        ExpectTrouble(Refused, "cannot reach 127.0.0.1:1: ", Muxchat.Run(["say", "--server", "127.0.0.1:1", "--room", "a", "x"]));
        ExpectTrouble(Refused, "that is no server of JSON frames",
            Muxchat.Run(["say", "--server", $"127.0.0.1:{port}", "--room", "a", "x"]));
    }

    [Fact]
    public void Certificate_is_verified()
    {
        using var folder = new DataFolder();
        var certificate = TlsServers.MakeCertificate(folder.Path, "localhost");
        using var server = TlsServers.Start([.. certificate, "--listen", "frame+tls://127.0.0.1:0"]);
        string[] arguments = ["say", "--server", $"127.0.0.1:{server.EndPoint("frame+tls").Port}", "--room", "a", "x"];
        var ended = Muxchat.Run([.. arguments, "--tls-ca", certificate[1]]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        ExpectTrouble(Refused, "the server's certificate was not accepted", Muxchat.Run([.. arguments, "--tls"]));
        ExpectTrouble(Refused, "does it want --tls?", Muxchat.Run(arguments));
    }

    [Fact]
    public void Server_that_stops_is_one_line_that_says_how_much_was_acknowledged()
    {
        using var server = ServerProcess.Start();
        using var alice = server.ConnectLines();
        alice.Send("/join a");
        using var say = Start("say", "--server", AddressOf(server), "--room", "a");
        say.TypeLine("one");
        alice.ReadUntil(static line => line.EndsWith("> one", StringComparison.Ordinal));
        server.Signal("TERM");
        Assert.Equal(Refused, say.WaitForExit());
        Assert.Equal("muxchat: say: the server is stopping; acknowledged 1 of 1 lines, and sent no more", Assert.Single(say.Errors.Lines));
    }

    [Theory]
    [InlineData(1)]
    [MemberData(nameof(ManyRounds))]
    public void Acknowledged_lines_are_in_the_journal_after_a_kill(int round)
    {
        using var data = new DataFolder();
        using var server = ServerProcess.Start("--data", data.Path, "--flood", "off");
        using var alice = server.ConnectLines();
        alice.Send("/join a");
        alice.Sync();
        using var say = Start("say", "--server", AddressOf(server), "--room", "a");
        var number = 0;
        for (; number < 500; number++)
        {
            say.TypeLine($"line {number}");
        }

        alice.ReadUntil(line => line.EndsWith($"> line {round * 20}", StringComparison.Ordinal));
        server.Kill();
        var code = say.WaitForExit();
        var acknowledged = number;
        if (code != 0)
        {
            var line = Assert.Single(say.Errors.Lines);
            acknowledged = int.Parse(line.Split("acknowledged ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        }

        var kept = Muxchat.Run(["journal", "dump", data.Path, "a"]).Output;
        for (var i = 0; i < acknowledged; i++)
        {
            Assert.Single(kept, entry => entry.Contains($"\"line {i}\"", StringComparison.Ordinal));
        }
    }

    public static TheoryData<int> ManyRounds =>
        [.. Enumerable.Range(2, 12).Select(static round => new TheoryDataRow<int>(round).WithTrait("run", "deep"))];

    private static string AddressOf(ServerProcess server) => server.EndPoint("auto").ToString();

    private static ProgramRun Say(ServerProcess server, params string[] arguments) =>
        Muxchat.Run(["say", "--server", AddressOf(server), .. arguments]);

    private static ProgramProcess Start(params string[] arguments)
    {
        var start = Muxchat.StartInfo(arguments);
        start.RedirectStandardInput = true;
        return new ProgramProcess(start);
    }

    private static void ExpectTrouble(int exitCode, string says, ProgramRun ended)
    {
        var line = Assert.Single(ended.Errors);
        Assert.StartsWith("muxchat: say: ", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Empty(ended.Output);
    }
}
