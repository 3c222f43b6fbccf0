using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Listening;

/// <summary>Clients over a Unix socket, whose user the kernel tells.</summary>
public sealed class LocalUserTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public LocalUserTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the user of a Unix socket is known on Linux only");

    private string[] Listeners =>
    [
        "--listen", $"line+unix://{_folder.Path}/line", "--listen", $"irc+unix://{_folder.Path}/irc",
        "--listen", $"frame+unix://{_folder.Path}/frame", "--listen", $"auto+unix://{_folder.Path}/auto", "--listen", "line://127.0.0.1:0",
        "--log-level", "debug",
    ];

    [Fact]
    public void Guest_is_named_after_the_user_on_every_protocol()
    {
        using var server = ServerProcess.Start(Listeners);
        using var first = server.ConnectLines("line+unix");
        first.Expect($"* Welcome to MuxChat! You are {Machine.UserNick}, in #lobby. ...", "* you are in #lobby (1 here), no topic");
        Assert.NotNull(server.Errors.WaitFor(line =>
            line.Contains($" accepted {first.LocalName}, now 1 client", StringComparison.Ordinal)));
        using var second = server.ConnectFrames("frame+unix");
        var welcome = second.Read();
        Assert.Matches($@"^{Regex.Escape(Machine.UserNick)}-\d+$", (string?)welcome["nick"]);
        first.Expect($"* {welcome["nick"]} joined #lobby");
        using var third = server.ConnectLines("auto+unix");
        third.Send("hello");
        third.Expect($"* Welcome to MuxChat! You are {Machine.UserNick}-..., in #lobby. ...");
        using var irc = new IrcClient(server.Address("irc+unix"));
        irc.Send("NICK alice");
        irc.Send("USER somebody-else 0 * :A");
        Assert.Equal($":muxchat.local 001 alice :Welcome to the MuxChat network, alice!{Machine.UserNick}@localhost", irc.Read());
        using var outside = server.ConnectLines();
        outside.Expect("* Welcome to MuxChat! You are guest-..., in #lobby. ...");
    }

    [Fact]
    public void User_of_the_option_is_an_operator_on_lines_and_irc_and_others_are_not()
    {
        using var server = ServerProcess.Start([.. Listeners, "--oper-uid", Environment.UserName]);
        using var lines = server.ConnectLines("line+unix");
        Assert.Contains("* you are a server operator", lines.Ping());
        using var irc = new IrcClient(server.Address("irc+unix"));
        irc.Send("NICK alice");
        irc.Send("USER alice 0 * :A");
        var welcome = irc.Ping();
        var granted = welcome.IndexOf(":muxchat.local 381 alice :You are now an IRC operator");
        Assert.True(granted > welcome.FindIndex(line => line.StartsWith(":muxchat.local 422 ", StringComparison.Ordinal)) && granted > 0,
            $"381 was to come after the welcome:\n{string.Join('\n', welcome)}");
        using var outside = server.ConnectLines();
        Assert.DoesNotContain(outside.Ping(), line => line.Contains("server operator", StringComparison.Ordinal));
        outside.Send("/wallops x");
        outside.Expect("! ...operator...");
        Assert.NotNull(server.Errors.WaitFor(line =>
            line.Contains($"is a server operator by --oper-uid {Environment.UserName}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Another_user_of_the_option_makes_nobody_here_an_operator()
    {
        // A number that is nobody's here, and surely not that of the user who runs the tests.
        using var server = ServerProcess.Start([.. Listeners, "--oper-uid", "3999999999"]);
        using var lines = server.ConnectLines("line+unix");
        Assert.DoesNotContain(lines.Ping(), line => line.Contains("server operator", StringComparison.Ordinal));
    }

    [Fact]
    public void Name_that_is_no_user_is_one_line() => OneLine.Expect(OneLine.Usage,
        "--oper-uid no-such-user: this machine has no such user", ["--listen", "line+unix:///run/a.sock", "--oper-uid", "no-such-user"]);

    public void Dispose() => _folder.Dispose();
}
