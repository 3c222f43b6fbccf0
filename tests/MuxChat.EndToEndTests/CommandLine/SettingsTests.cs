using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>
/// Options that change what clients see, and the environment variables that stand in for options. Which of several values holds is tested
/// in process: UnitTests, Server/OptionTests.
/// </summary>
public sealed class SettingsTests
{
    [Fact]
    public void Room_is_where_newcomers_are()
    {
        using var server = ServerProcess.Start("--room", "tea-room");
        using var client = server.ConnectLines();
        client.Expect("* Welcome to MuxChat! You are guest-1, in #tea-room. ...", "* you are in #tea-room (1 here), no topic");

        // And it always is: it outlives its last member.
        client.Send("/part", "/rooms");
        client.Expect("* guest-1 left #tea-room", "* #tea-room 0", "* rooms: 1");
    }

    [Theory]
    [EveryIo]
    public void Message_of_the_day_is_shown_to_newcomers(string io)
    {
        using var motd = new TemporaryFile("Be kind.\r\n\r\nTea is at four, 茶 too.\n\n"u8);
        using var server = ServerProcess.Start("--io", io, "--motd", motd.Path);
        using var client = server.ConnectLines();
        client.Expect("* Welcome to MuxChat! ...", "* Be kind.", "* ", "* Tea is at four, 茶 too.",
            "* you are in #lobby (1 here), no topic");
        using var robot = server.ConnectFrames();
        robot.Expect("""{"type":"welcome","nick":"guest-2","room":"#lobby","server":"MuxChat","text_bytes":4096,"motd":"Be kind."""
            + """\n\nTea is at four, 茶 too."}""");
    }

    [Fact]
    public void Largest_text_is_in_the_welcome()
    {
        using var server = ServerProcess.Start("--max-line-bytes", "64");
        using var robot = server.ConnectFrames();
        robot.Expect("""{"type":"welcome","nick":"guest-1","room":"#lobby","server":"MuxChat","text_bytes":64}""");
    }

    [Fact]
    public void Message_of_the_day_of_the_greatest_length_fits_lines_and_frames()
    {
        using var motd = new TemporaryFile(System.Text.Encoding.UTF8.GetBytes(new string('"', 16 * 1024)));
        using var server = ServerProcess.Start("--motd", motd.Path);
        using var client = server.ConnectLines();
        client.Expect("* Welcome to MuxChat! ...", "* " + new string('"', 16 * 1024));
        using var robot = server.ConnectFrames();
        Assert.Equal(new string('"', 16 * 1024), (string?)robot.Read()["motd"]);
    }

    [Fact]
    public void Message_of_the_day_of_too_many_lines_is_cut_with_a_warning()
    {
        using var motd = new TemporaryFile(System.Text.Encoding.UTF8.GetBytes("first" + new string('\n', 16_300) + "last"));
        using var server = ServerProcess.Start("--motd", motd.Path);
        Assert.NotNull(server.Errors.WaitFor(line => line.EndsWith("--motd has 16301 lines: the first 500 are shown",
            StringComparison.Ordinal)));
        using var ann = new IrcClient(server.EndPoint("auto"));
        ann.Send("NICK ann");
        ann.Send("USER u 0 * :u");
        ann.Ping();
        ann.Send("MOTD");
        var told = ann.Ping();
        Assert.Equal(500, told.Count(line => line.StartsWith(":muxchat.local 372 ann :- ", StringComparison.Ordinal)));
        Assert.DoesNotContain(told, line => line.Contains("last", StringComparison.Ordinal));
    }

    [Fact]
    public void Message_of_the_day_that_is_no_plain_text_keeps_the_server_from_starting()
    {
        using var motd = new TemporaryFile("\u001b[2J"u8);
        var ended = Muxchat.Run(["--motd", motd.Path]);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("--motd", Assert.Single(ended.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_stand_in_for_options()
    {
        var environment = new Dictionary<string, string>
        {
            ["MUXCHAT_LISTEN"] = "line://127.0.0.1:0 frame://127.0.0.1:0",
            ["MUXCHAT_IO"] = "threads",
            ["MUXCHAT_ROOM"] = "tea-room",
            ["MUXCHAT_MAX_CLIENTS"] = "17",
            ["MUXCHAT_MAX_LINE_BYTES"] = "64",
            ["MUXCHAT_LOG_LEVEL"] = "debug",
        };
        using var server = ServerProcess.Serve(Muxchat.StartInfo([], environment));
        Assert.Equal(["line", "frame"], server.Listeners.Select(listener => listener.Protocol));
        Assert.StartsWith("ready: io threads, at most 17 clients, ", server.Output.Lines[^1], StringComparison.Ordinal);
        using var client = server.ConnectLines();
        client.Expect("* Welcome to MuxChat! You are guest-1, in #tea-room. ...", "* you are in #tea-room (1 here), no topic");
        client.ExpectError(new string('x', 65), "the line is longer than 64 bytes: it was dropped");
        Assert.NotNull(server.Errors.WaitFor(line => line.Contains("accepted 127.0.0.1:", StringComparison.Ordinal)));
    }

    [Theory]
    [EveryIo]
    public void Message_of_the_day_of_one_long_line_is_whole_on_irc_and_has_no_byte_order_mark(string io)
    {
        var words = string.Join(' ', Enumerable.Range(1, 1200).Select(number => $"слово{number}"));
        foreach (var text in (string[])[words[..9_000], new string('x', 16_000)])
        {
            using var motd = new TemporaryFile(System.Text.Encoding.UTF8.GetBytes('\uFEFF' + text));
            using var server = ServerProcess.Start("--io", io, "--motd", motd.Path, "--listen", "auto://127.0.0.1:0");
            using var ann = new IrcClient(server.EndPoint("auto"));
            ann.Send("NICK ann");
            ann.Send("USER u 0 * :u");
            const string Begins = ":muxchat.local 372 ann :- ";
            var lines = ann.Ping().Where(line => line.StartsWith(Begins, StringComparison.Ordinal)).Select(line => line[Begins.Length..])
                .ToList();
            Assert.Equal(text, string.Concat(lines));
            Assert.All(lines.SkipLast(1), line => Assert.True(line.EndsWith(' ') || !text.Contains(' ', StringComparison.Ordinal), line));
            using var robot = server.ConnectFrames("auto");
            robot.Sync();
            using var client = server.ConnectLines("auto");
            client.Expect("* Welcome to MuxChat! ...", "* " + text);
        }
    }

    [Fact]
    public void Variable_of_no_option_is_a_warning_with_the_nearest_name()
    {
        var environment = new Dictionary<string, string> { ["MUXCHAT_MAX_CLINTS"] = "5", ["MUXCHAT_IO"] = "select" };
        using var server = ServerProcess.Serve(Muxchat.StartInfo(["--listen", "line://127.0.0.1:0", "--max-clients", "10"], environment));
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        var warning = Assert.Single(server.Errors.Lines, line => line.Contains(" warn: ", StringComparison.Ordinal));
        Assert.EndsWith("MUXCHAT_MAX_CLINTS is ignored: no option has this variable; the closest is MUXCHAT_MAX_CLIENTS", warning,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_option_of_a_pair_is_enough()
    {
        foreach (var arguments in (string[][])[["--outbox-hard-bytes", "100000", "--idle-ping-s", "300"],
            ["--outbox-soft-bytes", "2000000", "--idle-close-s", "60"]])
        {
            using var server = ServerProcess.Start(arguments);
            using var client = server.ConnectLines();
            client.Sync();
        }
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(ReadOnlySpan<byte> content) => File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "muxchat-motd-" + Guid.NewGuid().ToString("N"));

        public void Dispose() => File.Delete(Path);
    }
}
