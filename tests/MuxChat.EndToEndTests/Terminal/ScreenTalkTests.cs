using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Terminal;

/// <summary><c>muxchat talk</c> on a terminal of tmux.</summary>
[Trait("run", "deep")]
public sealed class ScreenTalkTests
{
    [Fact]
    public void Chinese_and_emoji_are_drawn_and_edited_at_their_width()
    {
        using var server = ServerProcess.Start();
        using var alice = Alice(server);
        using var screen = Talk(server);
        screen.WaitFor("bob joined");
        screen.Type("你好，世界 👋");
        screen.WaitFor("[#tea] 你好，世界 👋");
        screen.Press("BSpace", "BSpace", "Home", "Delete");
        screen.Type("x");
        screen.WaitFor("[#tea] x好，世界");
        screen.Press("Enter");
        alice.ReadUntil(static line => line == "<bob> x好，世界");
        alice.Send("家 👍 é 한글 \u202Eend");
        screen.WaitFor("<alice> 家 👍 é 한글 \uFFFDend");
    }

    [Fact]
    public void Resize_wraps_the_lines_again_and_keeps_what_is_typed()
    {
        using var server = ServerProcess.Start();
        using var alice = Alice(server);
        using var screen = Talk(server);
        screen.WaitFor("bob joined");
        screen.Type("typed so far");
        alice.Send(string.Join(' ', Enumerable.Repeat("世界", 14)) + " end");
        screen.WaitFor("世界 end");
        screen.Resize(30, 9);
        screen.WaitFor(static rows => rows.Count == 9 && rows[^1].EndsWith("[#tea] typed so far", StringComparison.Ordinal)
            && rows.Any(static row => row.EndsWith("世界 end", StringComparison.Ordinal)), "30 columns");
        screen.Resize(100, 20);
        screen.WaitFor(
            static rows => rows.Count == 20 && rows[^1].EndsWith("[#tea] typed so far", StringComparison.Ordinal), "100 columns");
    }

    [Fact]
    public void Restart_of_the_server_leaves_no_gap_and_says_no_line_twice()
    {
        using var data = new DataFolder();
        var server = ServerProcess.Start("--data", data.Path, "--listen", "auto://127.0.0.1:0");
        try
        {
            var listen = $"auto://{server.EndPoint("auto")}";
            using var screen = Talk(server);
            screen.WaitFor("bob joined");
            screen.Type("before");
            screen.Press("Enter");
            screen.WaitFor("<bob> before");
            server.Kill();
            screen.WaitFor(static rows => rows.Any(static row => row.Contains("not connected", StringComparison.Ordinal)), "not connected");
            screen.Type("meanwhile");
            screen.Press("Enter");
            screen.WaitFor("<bob> meanwhile  (waiting)");
            server.Dispose();
            server = ServerProcess.Start("--data", data.Path, "--listen", listen);
            screen.WaitFor(" <bob> meanwhile");
            screen.WaitFor(static rows => rows.Count(static row => row.Contains("<bob>", StringComparison.Ordinal)) == 2, "two lines");
            Assert.DoesNotContain(screen.Rows, static row => row.Contains("---", StringComparison.Ordinal));
            var kept = Muxchat.Run(["journal", "dump", data.Path, "tea"]).Output;
            Assert.Equal(2, kept.Count(static line => line.Contains("\"said\"", StringComparison.Ordinal)));
        }
        finally
        {
            server.Dispose();
        }
    }

    [Fact]
    public void Views_are_turned_to_by_number_and_count_what_is_unread()
    {
        using var server = ServerProcess.Start();
        using var alice = Alice(server);
        using var screen = Talk(server);
        screen.WaitFor("bob joined");
        screen.Press("M-1");
        screen.WaitFor("[server]");
        alice.Send("bob: look");
        screen.WaitFor(static rows => rows[^2].Contains("[2:#tea 1!]", StringComparison.Ordinal), "a mention");
        alice.Send("/msg bob psst");
        screen.WaitFor(static rows => rows[^2].Contains("[3:alice 1!]", StringComparison.Ordinal), "a private message");
        screen.Press("M-3");
        screen.WaitFor("<alice> psst");
        screen.Type("/jo");
        screen.Press("Tab");
        screen.Type("other");
        screen.Press("Enter");
        screen.WaitFor("[#other]");
    }

    [Fact]
    public void Mistyped_nick_leaves_no_view_and_says_so_in_the_room()
    {
        using var server = ServerProcess.Start();
        using var screen = Talk(server);
        screen.WaitFor("bob joined");
        screen.Type("/msg nobody hi");
        screen.Press("Enter");
        screen.WaitFor("not acknowledged: hi (no such nick: nobody)");
        screen.WaitFor(static rows => rows[^1].TrimEnd().EndsWith("[#tea]", StringComparison.Ordinal), "the room");
    }

    [Theory]
    [InlineData("C-d", "ended with 0")]
    [InlineData("C-c C-c", "ended with 0")]
    [InlineData("/ q u i t Enter", "ended with 0")]
    public void Terminal_is_as_it_was_after_the_end(string keys, string says)
    {
        using var server = ServerProcess.Start();
        using var screen = Talk(server);
        screen.WaitFor("bob joined");
        screen.Press(keys.Split(' '));
        screen.WaitFor(says);
        screen.WaitFor(" icanon");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public void Signal_gives_the_terminal_back(string signal)
    {
        using var server = ServerProcess.Start();
        using var screen = Talk(server);
        screen.WaitFor("bob joined");
        var killed = ProgramRun.Of(Programs.Command(["pkill", $"-{signal}", "-P", screen.ProgramId]), Guard.Ms);
        Assert.True(killed.ExitCode == 0, killed.ToString());
        screen.WaitFor("ended with 0");
        screen.WaitFor(" icanon");
    }

    [Fact]
    public void Warning_before_the_end_holds_for_one_line()
    {
        using var server = ServerProcess.Start();
        using var screen = Talk(server);
        screen.WaitFor("bob joined");
        server.Kill();
        screen.WaitFor(static rows => rows.Any(static row => row.Contains("not connected", StringComparison.Ordinal)), "not connected");
        foreach (var (line, warnings) in ((string, int)[])[("one", 0), ("/quit", 1), ("two", 1), ("/quit", 2)])
        {
            screen.Type(line);
            screen.Press("Enter");
            screen.WaitFor(rows => rows.Count(static row => row.Contains("/quit again", StringComparison.Ordinal)) == warnings
                && rows[^1].TrimEnd().EndsWith("[#tea]", StringComparison.Ordinal), $"{warnings} warnings");
        }

        screen.Type("/quit");
        screen.Press("Enter");
        screen.WaitFor("ended with 1");
    }

    private static LineClient Alice(ServerProcess server)
    {
        var alice = server.ConnectLines();
        alice.Send("/nick alice", "/part #lobby", "/join tea");
        alice.Sync();
        return alice;
    }

    private static TmuxScreen Talk(ServerProcess server) =>
        new([.. Muxchat.Words, "talk", server.EndPoint("auto").ToString(), "--room", "tea", "--nick", "bob"], columns: 80, rows: 16);
}
